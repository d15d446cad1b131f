import { Logger } from '#platform/logging';
import { RecordingLogger } from '#platform/logging/testing';
import { proveIsolation } from '#testing/concurrency';
import type { HttpAnswer, HttpOptions } from '#testing/http';
import { expect } from 'chai';
import { ApiTest } from './testing/api-test.ts';

const REQUESTS = 180;
const BUSY_MS = 60_000;
const DEVICES = '/api/v1/devices';

/** Fails inside a transaction, with the data of the request in the error, for devices whose name says so. */
const DEFECT = `
  CREATE FUNCTION break_down() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'no place for %', NEW.name; END $$;
  CREATE TRIGGER break_down BEFORE INSERT ON devices FOR EACH ROW WHEN (NEW.name LIKE '%-broken')
    EXECUTE FUNCTION break_down()`;

class IsolationTest extends ApiTest {
  readonly logger = new RecordingLogger();
  /** What requests have broken down with, by their ids. */
  readonly broken: Record<string, string> = {};

  protected override databaseOptions() {
    return { rung: 'clone' as const };
  }

  protected override compose() {
    const container = super.compose();
    container.rebind(Logger).toConstantValue(this.logger);
    return container;
  }

  protected override async setUp(): Promise<void> {
    await this.database.source.query(DEFECT);
  }

  /** Everything in a registration that can carry a marker does. */
  register(marker: string, { changes = {}, options = {} }: Registration = {}): Promise<HttpAnswer> {
    const credentials = { kind: 'password', username: marker, password: marker };
    const device = { name: marker, address: `${marker}.example`, port: 22, model: 'ios', credentials, ...changes };
    return this.http.post(DEVICES, device, options);
  }

  async breakDown(marker: string): Promise<HttpAnswer> {
    const answer = await this.register(`${marker}-broken`);
    this.broken[String(answer.body['requestId'])] = `no place for ${marker}-broken`;
    return answer;
  }

  /** What was logged as an error, by the ids of the requests. */
  logged(): Record<string, string> {
    const lines = this.logger.lines.filter(({ level }) => level === 'error');
    return Object.fromEntries(
      lines.map(({ fields: { requestId, error } }) => [String(requestId), (error as { message: string }).message]),
    );
  }

  async registered(marker: string): Promise<string> {
    return `${DEVICES}/${String((await this.register(marker)).body['id'])}`;
  }
}

type Registration = { readonly changes?: object; readonly options?: HttpOptions };

const t = IsolationTest.install();

describe('requests to the API, many at the same time', function () {
  this.timeout(BUSY_MS);

  it(
    'are answered each with its own data or its own error, in the log as well, when some are refused and some fail',
    t.test(async ({ http, register, registered, breakDown, broken, logged, database }) => {
      const answers = await proveIsolation({
        requests: REQUESTS,
        good: {
          registers: (marker) => register(marker),
          reads: async (marker) => http.get(await registered(marker)),
          renames: async (marker) => http.patch(await registered(marker), { version: 1, name: `${marker}-new` }),
        },
        bad: {
          'is unreadable': (marker) => http.post(DEVICES, `{"name":"${marker}`),
          'has an unknown field': (marker) => register(marker, { changes: { [marker]: marker } }),
          'has no token of ours': (marker) =>
            register(marker, { options: { headers: { authorization: `Bearer ${marker}` } } }),
          'goes nowhere': (marker) => http.get(`/api/v1/${marker}`),
          'names an unknown model': (marker) => register(marker, { changes: { model: marker } }),
          'takes a name that is taken': async (marker) => {
            await register(marker);
            return register(marker);
          },
          'breaks in the database': breakDown,
        },
      });

      const each = REQUESTS / 10;
      const statuses = Map.groupBy(answers, ({ status }) => status);
      expect(Object.fromEntries([...statuses].map(([status, some]) => [status, some.length]))).to.deep.equal({
        200: 2 * each,
        201: each,
        400: 2 * each,
        401: each,
        404: each,
        409: each,
        422: each,
        500: each,
      });
      expect(logged()).to.deep.equal(broken);
      const [{ count }] = await database.source.query<[{ count: number }]>('SELECT count(*)::int FROM devices');
      expect(count).to.equal(4 * each);
    }),
  );
});
