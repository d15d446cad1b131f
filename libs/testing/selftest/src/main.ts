import { detectorNames, type DetectorName } from '#testing/runtime';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Goal } from './goal.ts';
import { goals } from './goals.ts';
import { verdictOn } from './verdict-on.ts';
import { verdictTable } from './verdict-table.ts';
import { verdictsOn } from './verdicts-on.ts';

const help = `Proves the test kit: breaks every rule once, and measures what the kit makes of it, beside its peers.

  npm run selftest                          every goal
  npm run selftest -- K12 K18               some of them
  npm run selftest -- --without leaks       with one detector off, which has to be noticed
  npm run selftest -- --json                [{ id, claim, target, measured, passed, peers, details, milliseconds }] alone

${goals.map(({ id, claim }) => `  ${id.padEnd(4)} ${claim}`).join('\n')}

Detectors: ${detectorNames.join(', ')}.

Exit status: 0 when every goal was reached, 1 when one was not, 2 for a call that makes no sense.`;

// Some hundred processes load the same files; to compile them anew would take half of their time.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, '../../../../node_modules/.cache/node-compile');

const { json, chosen } = request();
process.exitCode = await prove();

/** What the command line asks for; says what is wrong with it, and ends, where it makes no sense. */
function request(): { readonly json: boolean; readonly chosen: readonly Goal[] } {
  const { values, positionals } = parsed();
  if (values.help) {
    console.log(help);
    process.exit(0);
  }
  const unknown = positionals.filter((id) => !goals.some((goal) => goal.id === id));
  if (unknown.length > 0) refuse(`There is no goal ${unknown.join(', ')}.`);
  if (values.without !== undefined) {
    if (!detectorNames.includes(values.without as DetectorName)) refuse(`There is no detector ${values.without}.`);
    process.env['LOCKSTEP_TEST_OFF'] = values.without;
  }
  return {
    json: values.json,
    chosen: goals.filter(({ id }) => positionals.length === 0 || positionals.includes(id)),
  };
}

function parsed() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        without: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function refuse(problem: string): never {
  console.error(`${problem}\n\n${help}`);
  process.exit(2);
}

async function prove(): Promise<number> {
  const [only, ...others] = chosen;
  const verdicts = only && others.length === 0 ? [await verdictOn(only)] : await verdictsOn(chosen);
  const reached = verdicts.filter(({ passed }) => passed).length;
  if (json) console.log(JSON.stringify(verdicts, null, 2));
  else console.log(`${verdictTable(verdicts).join('\n')}\n\n${reached} passed, ${verdicts.length - reached} failed`);
  return reached === verdicts.length ? 0 : 1;
}
