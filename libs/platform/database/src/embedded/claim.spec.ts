import { AsyncTestBase } from '#testing/lifecycle';
import { TemporaryFolder } from '#testing/system';
import { expect } from 'chai';
import { readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { claimFolder } from './claim.ts';
import { DataFolderRefused } from './errors.ts';
import { lifeOf } from './life-of.ts';

class ClaimTest extends AsyncTestBase {
  folder = '';

  protected override async setUp(): Promise<void> {
    this.folder = (await this.use(TemporaryFolder.make())).path;
  }
}

const t = ClaimTest.install();

describe('claimFolder', () => {
  const outcomeOf = (claim: Promise<AsyncDisposable>): Promise<unknown> => claim.catch((error: unknown) => error);

  it(
    'gives a folder to one claimant at a time',
    t.test(async ({ folder }) => {
      await using claim = await claimFolder(folder);

      const second = await outcomeOf(claimFolder(folder));

      expect(claim).to.be.an('object');
      expect(second).to.be.an.instanceOf(DataFolderRefused);
      expect((second as Error).message).to.include(`in use by process ${process.pid}`);
    }),
  );

  it(
    'gives it again when it was given back',
    t.test(async ({ folder }) => {
      await (await claimFolder(folder))[Symbol.asyncDispose]();

      await using again = await claimFolder(folder);

      expect(again).to.be.an('object');
    }),
  );

  it(
    'refuses while another living process has it, and leaves no trace',
    t.test(async ({ folder }) => {
      const parents = `.claim-${process.ppid}-${await lifeOf(process.ppid)}@${hostname()}`;
      writeFileSync(join(folder, parents), '');

      const refused = await outcomeOf(claimFolder(folder));

      expect(refused).to.be.an.instanceOf(DataFolderRefused);
      expect(readdirSync(folder)).to.deep.equal([parents]);
    }),
  );

  it(
    'takes over from the dead, also when their process id belongs to somebody else by now',
    t.test(async ({ folder }) => {
      writeFileSync(join(folder, `.claim-${process.ppid}-1@${hostname()}`), '');

      await using claim = await claimFolder(folder);

      expect(claim).to.be.an('object');
      expect(readdirSync(folder)).to.have.lengthOf(1);
    }),
  );

  it(
    'refuses what another host has claimed, whose processes nobody sees from here, and says what to do',
    t.test(async ({ folder }) => {
      await using claim = await claimFolder(folder, 'container one');
      const [file = ''] = readdirSync(folder);

      const second = await outcomeOf(claimFolder(folder, 'container-two'));

      expect(claim).to.be.an('object');
      expect(second).to.be.an.instanceOf(DataFolderRefused);
      expect((second as Error).message)
        .to.include(`process ${process.pid} on container one`)
        .and.to.include(`remove ${join(folder, file)}`);
      expect(readdirSync(folder)).to.deep.equal([file]);
    }),
  );

  it(
    'does not take the claim of another host for that of a dead process',
    t.test(async ({ folder }) => {
      const theirs = `.claim-${process.ppid}-1@somewhere.else`;
      writeFileSync(join(folder, theirs), '');

      const refused = await outcomeOf(claimFolder(folder));

      expect(refused).to.be.an.instanceOf(DataFolderRefused);
      expect(readdirSync(folder)).to.deep.equal([theirs]);
    }),
  );
});
