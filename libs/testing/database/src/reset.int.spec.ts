import { expect } from 'chai';
import { library } from './fixtures/library.ts';
import { Reset } from './reset.ts';
import { useDatabase } from './use-database.ts';

describe('Reset', function () {
  this.timeout(30_000);
  const database = useDatabase(library);

  it('clears away dead rows now and then, so that it does not become slower', async () => {
    await using clone = await database.clone();
    const reset = await Reset.of(clone.url);

    for (let run = 0; run < 200; run += 1) await reset.run();

    expect(
      await clone.source.query(`SELECT vacuum_count::int FROM pg_stat_user_tables WHERE relname = 'shelves'`),
    ).to.deep.equal([{ vacuum_count: 1 }]);
    await reset.end();
  });

  it('ends what holds the rows it has to delete, and deletes them', async () => {
    await using clone = await database.clone();
    const reset = await Reset.of(clone.url);
    await clone.source.query('INSERT INTO shelves VALUES (1)');
    const holder = clone.source.createQueryRunner();
    await holder.startTransaction();
    await holder.query('SELECT * FROM shelves FOR UPDATE');

    const leftovers = await reset.run();

    expect(leftovers.map(({ query }) => query)).to.deep.equal(['SELECT * FROM shelves FOR UPDATE']);
    expect(await clone.source.query('SELECT * FROM shelves')).to.deep.equal([]);
    await reset.end();
  });
});
