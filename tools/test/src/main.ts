import { parseArgs } from 'node:util';
import { readCachedProjectGraph } from '@nx/devkit';
import { run, workspaceRoot } from '#tools/command';
import { forgetResults, readResults, type Target } from './results.ts';
import { summarize } from './summary.ts';

const help = `Runs the tests of every project and adds them up. The last line is "N passed, N failed".

  npm test                   every *.spec.ts; what has not changed comes from the cache
  npm test -- --fresh        the same without the cache
  npm test -- --system       every *.system.ts: tests that need Debian packages

One project: npx nx test devices-domain. What a change touches: npx nx affected -t test.
One file: cd libs/devices/domain && npx mocha src/device.spec.ts`;

const { values } = parseArgs({
  options: {
    fresh: { type: 'boolean', default: false },
    system: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) console.log(help);
else process.exitCode = await test(values.system ? 'test:system' : 'test', values.fresh);

async function test(target: Target, fresh: boolean): Promise<number> {
  forgetResults(workspaceRoot, target);
  const command = ['nx', 'run-many', '-t', target, '--output-style=static', ...(fresh ? ['--skip-nx-cache'] : [])];
  const { ok } = await run(command, { shown: true });

  const { lines, passed, failed } = summarize(projectsWith(target), readResults(workspaceRoot, target), {
    everythingSucceeded: ok,
  });
  console.log(`\n${lines.join('\n')}\n\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** As the run just saw them: Nx leaves its graph behind. */
function projectsWith(target: Target): readonly string[] {
  const nodes = Object.values(readCachedProjectGraph().nodes);
  return nodes.filter(({ data }) => data.targets?.[target]).map(({ name }) => name);
}
