import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import type { Model } from '#testing/linearizability';

export abstract class Wallets {
  abstract read(): Promise<number>;
  abstract write(cents: number): Promise<void>;
  /** Adds to the wallet, and answers what is in it then, in one step. */
  abstract add(cents: number): Promise<number>;
}

export type WalletOp = { readonly deposit: number } | 'look';

/** Answers what is in the wallet then. */
export const wallet: Model<number, WalletOp, number> = {
  initial: () => 0,
  apply: (cents, op) => {
    const state = op === 'look' ? cents : cents + op.deposit;
    return { state, answer: state };
  },
};

/** The same twice: with a deposit that others can come between, and with one that they cannot. */
export const repositories = {
  faulty: async (wallets: Wallets, op: WalletOp): Promise<number> => {
    const cents = await wallets.read();
    if (op === 'look') return cents;
    await wallets.write(cents + op.deposit);
    return cents + op.deposit;
  },
  correct: (wallets: Wallets, op: WalletOp): Promise<number> =>
    op === 'look' ? wallets.read() : wallets.add(op.deposit),
} as const;

export class InMemoryWallets implements Wallets {
  #cents = 0;

  async read(): Promise<number> {
    return this.#cents;
  }

  async write(cents: number): Promise<void> {
    this.#cents = cents;
  }

  async add(cents: number): Promise<number> {
    return (this.#cents += cents);
  }
}

type Row = { readonly cents: number };

export class PostgresWallets implements Wallets {
  readonly #source: DataSource;

  constructor(source: DataSource) {
    this.#source = source;
  }

  async read(): Promise<number> {
    return only(await this.#source.query<Row[]>('SELECT cents FROM wallets'));
  }

  async write(cents: number): Promise<void> {
    await this.#source.query('UPDATE wallets SET cents = $1', [cents]);
  }

  async add(cents: number): Promise<number> {
    const [rows] = await this.#source.query<[Row[]]>('UPDATE wallets SET cents = cents + $1 RETURNING cents', [cents]);
    return only(rows);
  }
}

function only([row]: readonly Row[]): number {
  if (row === undefined) throw new Error('There is no wallet.');
  return row.cents;
}

export class CreateWallets1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE wallets (cents int NOT NULL)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE wallets');
  }
}
