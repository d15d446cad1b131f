import type { HttpAnswer, HttpMethod } from '#testing/http';
import { expect } from 'chai';
import { ApiTest } from './testing/api-test.ts';

const HOST_KEY = { algorithm: 'ssh-ed25519', fingerprint: `SHA256:${'A'.repeat(43)}` };

/** The members that the tests look at, of whatever an answer is. */
type Body = {
  readonly id: string;
  readonly code?: string;
  readonly items: readonly { readonly name: string }[];
  readonly jobs: readonly { readonly jobId: string }[];
  readonly payload?: unknown;
};

const CREDENTIALS = { kind: 'password', username: 'backup', password: 'hunter2' };

class ApiUseTest extends ApiTest {
  ask(method: HttpMethod, path: string, body?: unknown): Promise<HttpAnswer<Body>> {
    return this.http.ask(method, `/api/v1${path}`, { body });
  }

  async register(name: string): Promise<string> {
    const device = { name, address: '192.0.2.1', port: 22, model: 'ios', credentials: CREDENTIALS };
    return (await this.ask('POST', '/devices', device)).body.id;
  }
}

const t = ApiUseTest.install();

describe('the API', () => {
  it(
    'is ready once its database is',
    t.test(async ({ http }) => {
      const answer = await http.get('/health/ready');

      expect([answer.status, answer.body]).to.deep.equal([200, { status: 'ready' }]);
    }),
  );

  it(
    'is live but not ready when its database is gone',
    t.test(async (test) => {
      const { source } = await test.database.clone();
      test.source = () => source;
      await test.url;
      await source.destroy();

      const answers = await Promise.all(['live', 'ready'].map((path) => test.http.get(`/health/${path}`)));

      expect(answers.map(({ status }) => status)).to.deep.equal([200, 503]);
      expect(answers[1]?.text).to.include('It does not answer as it should.').and.not.include('Driver');
    }),
  );

  it(
    'is not ready when migrations are missing',
    t.test(async (test) => {
      const { source } = await test.database.clone();
      await source.query('DELETE FROM migrations WHERE id = (SELECT max(id) FROM migrations)');
      test.source = () => source;

      const answer = await test.http.get('/health/ready');

      expect(answer.status).to.equal(503);
      expect(answer.body).to.deep.include({
        missing: [{ name: 'database', problem: 'Migrations to be run: 1.' }],
      });
    }),
  );

  it(
    'takes a device from its registration over its pinned key to a requested backup',
    t.test(async ({ ask, register }) => {
      const id = await register('core-1');

      const tooEarly = await ask('POST', '/backups', { deviceIds: [id] });
      const pinned = await ask('PUT', `/devices/${id}/host-key`, HOST_KEY);
      const requested = await ask('POST', '/backups', { deviceIds: [id] });
      const job = await ask('GET', `/jobs/${requested.body.jobs[0]?.jobId}`);

      expect([tooEarly.status, tooEarly.body.code]).to.deep.equal([409, 'host-key-not-pinned']);
      expect([pinned.status, requested.status]).to.deep.equal([200, 202]);
      expect(job.body).to.include({ type: 'backup.run', state: 'queued', attempt: 0, failure: null });
      expect(job.body.payload).to.deep.equal({ deviceId: id });
    }),
  );

  it(
    'requests all backups or none',
    t.test(async ({ ask, register }) => {
      const id = await register('core-1');
      await ask('PUT', `/devices/${id}/host-key`, HOST_KEY);

      const refused = await ask('POST', '/backups', { deviceIds: [id, '0195bd5a-7b1c-7000-8000-000000000000'] });

      expect([refused.status, refused.body.code]).to.deep.equal([422, 'device-not-registered']);
      expect((await ask('GET', '/jobs')).body).to.deep.equal({ items: [], next: null });
    }),
  );

  it(
    'lists, changes and removes devices, and refuses a change that is based on an older one',
    t.test(async ({ ask, register }) => {
      const id = await register('core-1');

      const changed = await ask('PATCH', `/devices/${id}`, { version: 1, name: 'core-2' });
      const stale = await ask('PATCH', `/devices/${id}`, { version: 1, name: 'core-3' });
      const listed = await ask('GET', '/devices');
      const removed = await ask('DELETE', `/devices/${id}`);
      const gone = await ask('GET', `/devices/${id}`);

      expect([changed.status, stale.status, stale.body.code]).to.deep.equal([200, 409, 'stale-device']);
      expect(listed.body.items.map(({ name }) => name)).to.deep.equal(['core-2']);
      expect([removed.status, gone.status, gone.body.code]).to.deep.equal([204, 404, 'device-not-found']);
    }),
  );

  it(
    'never shows credentials, and the database does not hold them as they are',
    t.test(async ({ ask, register, database }) => {
      const id = await register('core-1');

      const shown = JSON.stringify(await ask('GET', `/devices/${id}`));
      const rows = JSON.stringify(await database.source.query('SELECT * FROM devices'));

      expect(shown).to.include('core-1').and.not.include('hunter2');
      expect(rows)
        .to.include('core-1')
        .and.not.include('hunter2')
        .and.not.include(Buffer.from('hunter2').toString('hex'));
    }),
  );
});
