import { err, ok, type Result } from '#kernel';
import { gate } from '#testing/concurrency';
import { expect } from 'chai';
import { createHttpServer, type CreatedServer } from './create-http-server.ts';
import type { HttpLimits } from './limits.ts';
import { ReadinessCheck } from './readiness-check.ts';
import { HttpServerTest } from './testing/http-server-test.ts';

class Database extends ReadinessCheck {
  readonly name = 'database';
  asked = 0;
  answer: (signal: AbortSignal) => Promise<Result<void, string>> = async () => ok();

  check(signal: AbortSignal): Promise<Result<void, string>> {
    this.asked += 1;
    return this.answer(signal);
  }
}

class HealthTest extends HttpServerTest {
  readonly database = new Database();
  limits: Partial<HttpLimits> = {};

  protected override create(): Promise<CreatedServer> {
    return createHttpServer({ ...this.parts, readiness: [this.database], limits: this.limits });
  }

  protected override defaults() {
    return { headers: {} };
  }

  untilAsked(): Promise<true> {
    return this.eventually({ what: 'the database to be asked', probe: () => this.database.asked > 0 });
  }
}

const t = HealthTest.install();

describe('the health of the server', () => {
  it(
    'is live without a look at anything else',
    t.test(async ({ http, database }) => {
      const answer = await http.get('/health/live');

      expect([answer.status, answer.body, database.asked]).to.deep.equal([200, { status: 'live' }, 0]);
    }),
  );

  it(
    'is ready when everything that requests depend on is',
    t.test(async ({ http, database }) => {
      const answer = await http.get('/health/ready');

      expect([answer.status, answer.body, database.asked]).to.deep.equal([200, { status: 'ready' }, 1]);
    }),
  );

  it(
    'is not ready when a part of it says so',
    t.test(async ({ http, database }) => {
      database.answer = async () => err('2 migrations are pending.');

      const answer = await http.get('/health/ready');

      expect(answer.status).to.equal(503);
      expect(answer.body).to.deep.include({
        code: 'not-ready',
        missing: [{ name: 'database', problem: '2 migrations are pending.' }],
      });
    }),
  );

  it(
    'is not ready when a part of it fails, and tells why only to the log',
    t.test(async ({ http, database, parts }) => {
      database.answer = async () => {
        throw new Error('password authentication failed for user "app"');
      };

      const answer = await http.get('/health/ready');

      expect(answer.body).to.deep.include({
        missing: [{ name: 'database', problem: 'It does not answer as it should.' }],
      });
      expect(JSON.stringify(parts.logger.lines)).to.include('password authentication failed');
    }),
  );

  it(
    'is not ready when a part of it does not answer in time',
    t.test(async ({ http, database, clock }) => {
      const asked = Promise.withResolvers<AbortSignal>();
      database.answer = (signal) => {
        asked.resolve(signal);
        return new Promise(() => {});
      };

      const answer = http.get('/health/ready');
      const signal = await asked.promise;
      await clock.advance(2_000);

      expect((await answer).status).to.equal(503);
      expect(signal.aborted).to.equal(true);
    }),
  );

  it(
    'looks once for all who ask at once, and again after a second',
    t.test(async ({ http, database, clock, eventually }) => {
      const checked = gate('the check of the database');
      database.answer = () => checked.passed().then(() => ok());

      const crowd = Promise.all(Array.from({ length: 100 }, () => http.get('/health/ready')));
      // Every request has a deadline, and so has the check.
      await eventually({ what: 'the crowd to be there', probe: () => clock.waiting > 100 });
      checked.open();
      const statuses = new Set((await crowd).map(({ status }) => status));
      const askedByCrowd = database.asked;
      database.answer = async () => err('2 migrations are pending.');
      await clock.advance(999);
      const soon = await http.get('/health/ready');
      await clock.advance(1);
      const later = await http.get('/health/ready');

      expect([[...statuses], askedByCrowd]).to.deep.equal([[200], 1]);
      expect([soon.status, later.status, database.asked]).to.deep.equal([200, 503, 2]);
    }),
  );

  it(
    'looks again at once when the clock was set back',
    t.test(async ({ http, database, clock }) => {
      await http.get('/health/ready');
      clock.now = () => new Date('2020-01-01T00:00:00.000Z');

      await http.get('/health/ready');

      expect(database.asked).to.equal(2);
    }),
  );

  it(
    'goes on for the others when nobody waits any more for the request that began it',
    t.test(async (test) => {
      const { http, database, clock } = test;
      test.limits = { answerMs: 1_000 };
      const checked = gate('the check of the database');
      database.answer = () => checked.passed().then(() => ok());

      const first = http.get('/health/ready');
      await test.untilAsked();
      await clock.advance(500);
      const second = http.get('/health/ready');
      await clock.advance(500);
      checked.open();

      expect((await first).body).to.include({ code: 'deadline-exceeded' });
      expect([(await second).status, database.asked]).to.deep.equal([200, 1]);
    }),
  );

  it(
    'is no longer ready as soon as the server stops, whatever was found before',
    t.test(async ({ http, database, created, untilAsked }) => {
      const checked = gate('the check of the database');
      database.answer = () => checked.passed().then(() => ok());

      const asked = http.get('/health/ready');
      await untilAsked();
      (await created()).stopping = true;
      checked.open();
      const afterwards = await http.get('/health/ready');

      expect([(await asked).status, afterwards.status]).to.deep.equal([503, 503]);
    }),
  );

  it(
    'is live but not ready while the server stops, and other requests are refused',
    t.test(async ({ http, database, created }) => {
      (await created()).stopping = true;

      const [live, ready, other] = await Promise.all([
        http.get('/health/live'),
        http.get('/health/ready'),
        http.get('/openapi.json'),
      ]);

      expect([live.status, ready.status, other.status]).to.deep.equal([200, 503, 503]);
      expect(ready.body).to.deep.include({ missing: [{ name: 'server', problem: 'It is stopping.' }] });
      expect(other.body).to.include({ code: 'shutting-down' });
      expect(other.headers['connection']).to.equal('close');
      expect(database.asked).to.equal(0);
    }),
  );
});
