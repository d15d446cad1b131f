import { spawnSync } from 'node:child_process';
import { AsyncTestBase } from '#testing/lifecycle';
import { TestProcess } from '#testing/system';
import { expect } from 'chai';

const MODULE = new URL('./zombie.ts', import.meta.url).href;
const OWNER = `
  const { zombie } = await import(${JSON.stringify(MODULE)});
  const { pid } = await zombie();
  console.log(pid);
  setInterval(() => {}, 1_000);
`;

const t = AsyncTestBase.install();

describe('A zombie', () => {
  it(
    'loses its parent when the process that made it was killed',
    t.test(async ({ use, eventually, signal }) => {
      const owner = await use(TestProcess.node(['--input-type=module', '-e', OWNER], { env: {} }));
      const [line] = await owner.says(/\d+/, signal);
      const parent = parentOf(Number(line));

      owner.signal('SIGKILL');

      // Who adopts it then, and collects it or not, is the system's matter.
      await eventually({ what: 'another parent', probe: () => parentOf(Number(line)) !== parent });
      expect(parent).to.match(/^\d+$/);
    }),
  );
});

function parentOf(pid: number): string {
  return spawnSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
}
