import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateDevices1795251600100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE devices (
        id uuid NOT NULL,
        name text COLLATE "C" NOT NULL,
        address text NOT NULL,
        port integer NOT NULL,
        model text NOT NULL,
        credentials_key_id text NOT NULL,
        credentials bytea NOT NULL,
        host_key_algorithm text,
        host_key_fingerprint text,
        version integer NOT NULL,
        created_at timestamptz NOT NULL,
        changed_at timestamptz NOT NULL,
        CONSTRAINT devices_pkey PRIMARY KEY (id),
        CONSTRAINT devices_name_key UNIQUE (name),
        CONSTRAINT devices_name_check CHECK (name = lower(name)),
        CONSTRAINT devices_port_check CHECK (port BETWEEN 1 AND 65535),
        CONSTRAINT devices_version_check CHECK (version >= 1),
        CONSTRAINT devices_host_key_check CHECK ((host_key_algorithm IS NULL) = (host_key_fingerprint IS NULL))
      )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE devices');
  }
}
