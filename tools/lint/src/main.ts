import { run } from '#tools/command';
import { objection } from './verdict.ts';

const outcome = await run(['eslint', '.', '--max-warnings=0', ...process.argv.slice(2)]);
process.stdout.write(outcome.output);

const why = objection(outcome);
if (why !== null) {
  console.error(why);
  process.exitCode = 1;
}
