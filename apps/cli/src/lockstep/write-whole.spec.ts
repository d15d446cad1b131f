import { readdir, readFile, stat } from 'node:fs/promises';
import { AsyncTestBase } from '#testing/lifecycle';
import { TemporaryFolder } from '#testing/system';
import { expect } from 'chai';
import { writeWhole } from './write-whole.ts';

class FileTest extends AsyncTestBase {
  readonly folder = this.fixture(() => TemporaryFolder.make());
}

const t = FileTest.install();
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('writeWhole', () => {
  it(
    'writes a file that only its owner may read, and leaves nothing else',
    t.test(async ({ folder }) => {
      const file = (await folder()).at('core-1.txt');

      await writeWhole(file, bytes('one'), { replace: false });

      expect(await readFile(file, 'utf8')).to.equal('one');
      expect((await stat(file)).mode & 0o077).to.equal(0);
      expect(await readdir((await folder()).path)).to.deep.equal(['core-1.txt']);
    }),
  );

  it(
    'replaces a file only when it is told to',
    t.test(async ({ folder }) => {
      const file = (await folder()).at('core-1.txt');
      await writeWhole(file, bytes('one'), { replace: false });

      const refused = await writeWhole(file, bytes('two'), { replace: false }).catch((error: Error) => error.message);
      const kept = await readFile(file, 'utf8');
      await writeWhole(file, bytes('three'), { replace: true });

      expect(refused).to.equal(`${file} is there already: say --force to replace it.`);
      expect([kept, await readFile(file, 'utf8')]).to.deep.equal(['one', 'three']);
      expect(await readdir((await folder()).path)).to.deep.equal(['core-1.txt']);
    }),
  );
});
