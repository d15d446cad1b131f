import { expect } from 'chai';
import { fc } from '#testing/properties';
import { everyHistory } from './every-history.ts';
import type { EveryHistoryOptions } from './every-history-options.ts';
import { failureOf } from './fixtures/failure-of.ts';
import { counter, type CounterOp } from './fixtures/models.ts';
import { plantedAndCorrect } from './fixtures/planted-and-correct.ts';
import { Tally } from './fixtures/ports.ts';
import { PostgresTally, PostgresTest } from './fixtures/postgres.ts';

const t = PostgresTest.install();

describe('An object in PostgreSQL whose order is chosen', () =>
  plantedAndCorrect(t, { smallest: 2, programs: 8, length: 2 }));

describe('An object in PostgreSQL that is used as it comes', () =>
  plantedAndCorrect(t, { smallest: 4, programs: 10, controlled: false }));

describe('An adapter that reads and writes within one call', () => {
  const options: EveryHistoryOptions<PostgresTest, number, CounterOp, number> = {
    given: ({ override, database: { source } }) => {
      const add = (): Promise<number> =>
        source.transaction(async (manager) => {
          const [{ count = 0 } = {}] = await manager.query<{ count: number }[]>('SELECT count FROM tallies');
          await manager.query('UPDATE tallies SET count = $1', [count + 1]);
          return count + 1;
        });
      override(Tally, Object.assign(new PostgresTally(source), { add }));
    },
    operations: fc.constant('increment'),
    perform: async ({ get }) => (await get(Tally)).add(),
    model: counter,
    programs: 4,
  };

  it('is seen where it is used as it comes', async function () {
    const failure = await failureOf(everyHistory(t, { ...options, controlled: false }), this);

    expect(failure.message).to.include('fits nowhere');
  });

  it('is one step where the order is chosen', everyHistory(t, options));
});
