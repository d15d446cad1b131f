import { run } from '#tools/command';

/** What Nx's boundary rule prints when it checks nothing, and exits with 0. */
const NOTHING_CHECKED = /rule will be skipped/;

const { ok, output } = await run(['eslint', '.', '--max-warnings=0', ...process.argv.slice(2)]);
process.stdout.write(output);

if (NOTHING_CHECKED.test(output))
  console.error('The boundaries were not checked: there is no project graph. Run `npx nx graph --print` once.');
if (!ok || NOTHING_CHECKED.test(output)) process.exitCode = 1;
