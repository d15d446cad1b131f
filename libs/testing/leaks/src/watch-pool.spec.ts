import { expect } from 'chai';
import { EventEmitter } from 'node:events';
import { verdict } from './fixtures/verdict.ts';
import { watchPool, type ConnectionPool } from './watch-pool.ts';

const HERE = /watch-pool\.spec\.ts:\d+:\d+/;

describe('watchPool', () => {
  it('names a connection that was not given back to its pool', async () => {
    class Pool extends EventEmitter implements ConnectionPool {
      async connect(): Promise<{ release(): void }> {
        const client = { release: () => void this.emit('release', undefined, client) };
        return client;
      }
    }
    const pool = new Pool();
    watchPool(pool, 'the pool');

    const released = await verdict(async () => (await pool.connect()).release());
    const kept = await verdict(() => pool.connect());

    expect(released).to.equal('clean');
    expect(kept).to.include('- a connection of the pool, ').and.match(HERE);
  });
});
