import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { contractFaults, type WithoutContract } from './contract-faults.ts';
import { readSources } from './read-sources.ts';

const help = `Says which ports have no contract suite, and which adapters are not held to one.

  node libs/testing/contracts/src/main.ts                       everything below this folder
  node libs/testing/contracts/src/main.ts libs apps             these folders of it
  node libs/testing/contracts/src/main.ts --except file.json    but for the classes in its list

The list is [{ "name": "Jobs", "file": "src/jobs.ts", "because": "..." }]: why a class needs no suite, or is held to none.
Exit status: 0 when there is nothing to say, 1 otherwise.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { except: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
});
if (values.help) console.log(help);
else main();

function main(): void {
  const root = process.cwd();
  const faults = contractFaults(readSources(root, positionals.length > 0 ? positionals : ['.']), {
    except: values.except === undefined ? [] : exceptionsIn(values.except),
  });
  for (const { path, line, problem } of faults)
    console.log(`${relative(root, resolve(root, path))}:${line}  ${problem}`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

function exceptionsIn(file: string): readonly WithoutContract[] {
  return JSON.parse(readFileSync(file, 'utf8')) as readonly WithoutContract[];
}
