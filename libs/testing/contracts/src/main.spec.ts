import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Ended = { readonly code: number; readonly said: string };

function contractsIn(cwd: string, ...words: string[]): Promise<Ended> {
  const { promise, resolve } = Promise.withResolvers<Ended>();
  const child = execFile(
    process.execPath,
    [join(import.meta.dirname, 'main.ts'), ...words],
    { cwd },
    (_, stdout, stderr) => resolve({ code: child.exitCode ?? -1, said: stdout + stderr }),
  );
  return promise;
}

describe('the command', function () {
  this.timeout(30_000);

  it('names each fault with its line, and ends with 1, until it is told of an exception', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'contracts-'));
    await mkdir(join(folder.path, 'src/node_modules'), { recursive: true });
    const port = '\nexport abstract class Clock { abstract now(): Date; }';
    await writeFile(join(folder.path, 'src/clock.ts'), port);
    await writeFile(join(folder.path, 'src/node_modules/clock.ts'), port);
    const exception = { name: 'Clock', file: 'src/clock.ts', because: 'it is an example' };
    await writeFile(join(folder.path, 'except.json'), JSON.stringify([exception]));

    const [found, elsewhere, excepted] = await Promise.all([
      contractsIn(folder.path),
      contractsIn(folder.path, 'lib'),
      contractsIn(folder.path, 'src', '--except', 'except.json'),
    ]);

    expect(found.said).to.match(/^src\/clock\.ts:2 {2}The port Clock has no suite\. .*\n$/);
    expect([found.code, elsewhere.code, excepted.code]).to.deep.equal([1, 0, 0]);
    expect(elsewhere.said + excepted.said).to.equal('');
  });
});
