import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { FolderTest } from '../testing/folder-test.ts';
import { runningPostgres } from './running-postgres.ts';

const t = FolderTest.install();

function clusterThatSays(home: string, status: string): void {
  const data = join(home, 'pg18', 'data');
  mkdirSync(data, { recursive: true });
  const lines = ['4711', data, '1795291822', '37693', '', '127.0.0.1', '  2230179   7077897', `${status}   `, ''];
  writeFileSync(join(data, 'postmaster.pid'), lines.join('\n'));
  writeFileSync(join(home, 'pg18', 'password'), 'word');
}

describe('runningPostgres', () => {
  it(
    'is the server of the folder, also where its cluster had to go elsewhere',
    t.test(async ({ directory }) => {
      const elsewhere = join(directory, 'elsewhere');
      clusterThatSays(elsewhere, 'ready');

      const url = await runningPostgres(join(directory, 'here'), [elsewhere]);

      expect(url).to.equal('postgresql://postgres:word@127.0.0.1:37693/postgres');
    }),
  );

  it(
    'is none before the server takes connections, nor where there is no cluster',
    t.test(async ({ directory }) => {
      clusterThatSays(directory, 'starting');

      const found = [await runningPostgres(directory, []), await runningPostgres(join(directory, 'empty'), [])];

      expect(found).to.deep.equal([null, null]);
    }),
  );
});
