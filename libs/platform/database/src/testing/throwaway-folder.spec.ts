import { AsyncTestBase } from '#testing/lifecycle';
import { TemporaryFolder } from '#testing/system';
import { expect } from 'chai';
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { KEEP_FILE } from '../embedded/tied-process.ts';
import { sweepFolders, throwawayFolder } from './throwaway-folder.ts';

class FoldersTest extends AsyncTestBase {
  parent = '';

  protected override async setUp(): Promise<void> {
    this.parent = (await this.use(TemporaryFolder.make())).path;
  }
}

const t = FoldersTest.install();

describe('throwawayFolder', () => {
  it(
    'is in memory where there is room',
    t.test(async ({ parent: memory }) => {
      expect(dirname(await throwawayFolder({ memory, needed: 1 }))).to.equal(memory);
    }),
  );

  it(
    'is in the temporary folder of the system where memory is too small or missing',
    t.test(async ({ parent: memory }) => {
      expect(dirname(await throwawayFolder({ memory, needed: Number.MAX_SAFE_INTEGER }))).to.equal(tmpdir());
      expect(dirname(await throwawayFolder({ memory: join(memory, 'none'), needed: 1 }))).to.equal(tmpdir());
    }),
  );

  it('has another name each time', async () => {
    expect(await throwawayFolder()).not.to.equal(await throwawayFolder());
  });
});

describe('sweepFolders', () => {
  it(
    'removes what dead runs of this host left, and nothing else',
    t.test(async ({ parent }) => {
      const ours = basename(await throwawayFolder());
      const [prefix, , tail] = ours.split(new RegExp(`_${process.pid}_([^_]+)_`));
      const ofSameIdBefore = `${prefix}_${process.pid}_1_${tail}`;
      const ofDeadProcess = ours.replace(`_${process.pid}_`, '_4194304999_');
      const ofOtherHost = ofDeadProcess.replace(/test_[0-9a-f]{6}/, 'test_000000');
      for (const name of [ours, ofSameIdBefore, ofDeadProcess, ofOtherHost, 'somebody_elses'])
        mkdirSync(join(parent, name, 'pg18'), { recursive: true });

      await sweepFolders([parent, join(parent, 'missing')]);

      expect(readdirSync(parent)).to.have.members([ours, ofOtherHost, 'somebody_elses']);
    }),
  );

  it(
    'leaves what was kept to the next run of the same project, or for a day',
    t.test(async ({ parent }) => {
      const dead = (await throwawayFolder()).replace(`_${process.pid}_`, '_4194304999_');
      const [ofThis, ofOther, ofOtherOld] = ['this', 'other', 'old'].map((name) =>
        join(parent, `${basename(dead)}_${name}`),
      );
      const twoDaysAgo = new Date(Date.now() - 48 * 60 * 60 * 1000);
      for (const [folder, project] of [
        [ofThis, process.cwd()],
        [ofOther, '/elsewhere'],
        [ofOtherOld, '/elsewhere'],
      ] as const) {
        mkdirSync(folder ?? '');
        writeFileSync(join(folder ?? '', KEEP_FILE), `${JSON.stringify({ database: 'x', test: 'fails', project })}\n`);
      }
      utimesSync(join(ofOtherOld ?? '', KEEP_FILE), twoDaysAgo, twoDaysAgo);

      await sweepFolders([parent]);

      expect([ofThis, ofOther, ofOtherOld].map((folder) => existsSync(folder ?? ''))).to.deep.equal([
        false,
        true,
        false,
      ]);
    }),
  );
});
