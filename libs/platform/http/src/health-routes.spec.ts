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

  it('looks once for all who ask at once, and again after a second', async () => {
    const gate = Promise.withResolvers<Result<void, string>>();
    database.answer = () => gate.promise;

    const crowd = Promise.all(Array.from({ length: 100 }, () => ask('/health/ready')));
    await parts.clock.advance(0);
    gate.resolve(ok());
    const statuses = new Set((await crowd).map(({ statusCode }) => statusCode));
    const askedByCrowd = database.asked;
    database.answer = async () => err('2 migrations are pending.');
    await parts.clock.advance(999);
    const soon = await ask('/health/ready');
    await parts.clock.advance(1);
    const later = await ask('/health/ready');

    expect([[...statuses], askedByCrowd]).to.deep.equal([[200], 1]);
    expect([soon.statusCode, later.statusCode, database.asked]).to.deep.equal([200, 503, 2]);
  });

  it('looks again at once when the clock was set back', async () => {
    await ask('/health/ready');
    parts.clock.now = () => new Date('2020-01-01T00:00:00.000Z');

    await ask('/health/ready');

    expect(database.asked).to.equal(2);
  });

  it('goes on for the others when nobody waits any more for the request that began it', async () => {
    const { server } = await createHttpServer({ ...parts, readiness: [database], limits: { answerMs: 1_000 } });
    const gate = Promise.withResolvers<Result<void, string>>();
    database.answer = () => gate.promise;

    const first = server.inject('/health/ready');
    await parts.clock.advance(500);
    const second = server.inject('/health/ready');
    await parts.clock.advance(500);
    gate.resolve(ok());

    expect((await first).json()).to.include({ code: 'deadline-exceeded' });
    expect([(await second).statusCode, database.asked]).to.deep.equal([200, 1]);
    await server.close();
  });

  it('is no longer ready as soon as the server stops, whatever was found before', async () => {
    const gate = Promise.withResolvers<Result<void, string>>();
    database.answer = () => gate.promise;

    const asked = ask('/health/ready');
    await parts.clock.advance(0);
    created.stopping = true;
    gate.resolve(ok());
    const afterwards = await ask('/health/ready');

    expect([(await asked).statusCode, afterwards.statusCode]).to.deep.equal([503, 503]);
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
