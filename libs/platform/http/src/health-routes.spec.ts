import { err, ok, type Result } from '#kernel';
import { expect } from 'chai';
import { createHttpServer, type CreatedServer } from './create-http-server.ts';
import { ReadinessCheck } from './readiness-check.ts';
import { testServerParts } from './testing/test-server-parts.ts';

class Database extends ReadinessCheck {
  readonly name = 'database';
  asked = 0;
  answer: (signal: AbortSignal) => Promise<Result<void, string>> = async () => ok();

  check(signal: AbortSignal): Promise<Result<void, string>> {
    this.asked += 1;
    return this.answer(signal);
  }
}

describe('the health of the server', () => {
  let database: Database;
  let parts: ReturnType<typeof testServerParts>;
  let created: CreatedServer;

  beforeEach(async () => {
    database = new Database();
    parts = testServerParts();
    created = await createHttpServer({ ...parts, readiness: [database] });
  });
  afterEach(() => created.server.close());

  const ask = (path: string) => created.server.inject(path);

  it('is live without a look at anything else', async () => {
    const answer = await ask('/health/live');

    expect([answer.statusCode, answer.json(), database.asked]).to.deep.equal([200, { status: 'live' }, 0]);
  });

  it('is ready when everything that requests depend on is', async () => {
    const answer = await ask('/health/ready');

    expect([answer.statusCode, answer.json(), database.asked]).to.deep.equal([200, { status: 'ready' }, 1]);
  });

  it('is not ready when a part of it says so', async () => {
    database.answer = async () => err('2 migrations are pending.');

    const answer = await ask('/health/ready');

    expect(answer.statusCode).to.equal(503);
    expect(answer.json()).to.deep.include({
      code: 'not-ready',
      missing: [{ name: 'database', problem: '2 migrations are pending.' }],
    });
  });

  it('is not ready when a part of it fails, and tells why only to the log', async () => {
    database.answer = async () => {
      throw new Error('password authentication failed for user "app"');
    };

    const answer = await ask('/health/ready');

    expect(answer.json()).to.deep.include({
      missing: [{ name: 'database', problem: 'It does not answer as it should.' }],
    });
    expect(JSON.stringify(parts.logger.lines)).to.include('password authentication failed');
  });

  it('is not ready when a part of it does not answer in time', async () => {
    const asked = Promise.withResolvers<AbortSignal>();
    database.answer = (signal) => {
      asked.resolve(signal);
      return new Promise(() => {});
    };

    const answer = ask('/health/ready');
    const signal = await asked.promise;
    await parts.clock.advance(2_000);

    expect((await answer).statusCode).to.equal(503);
    expect(signal.aborted).to.equal(true);
  });

  it('is live but not ready while the server stops, and other requests are refused', async () => {
    created.stopping = true;

    const [live, ready, other] = await Promise.all([ask('/health/live'), ask('/health/ready'), ask('/openapi.json')]);

    expect([live.statusCode, ready.statusCode, other.statusCode]).to.deep.equal([200, 503, 503]);
    expect(ready.json()).to.deep.include({ missing: [{ name: 'server', problem: 'It is stopping.' }] });
    expect(other.json()).to.include({ code: 'shutting-down' });
    expect(other.headers.connection).to.equal('close');
    expect(database.asked).to.equal(0);
  });
});
