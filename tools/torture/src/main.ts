import { commandArguments, run, usage, workspaceRoot } from '#tools/command';
import { dataDirectory } from './data-directory.ts';
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Laboratory } from './arena/laboratory.ts';
import { chosen, HELP, isSize, OPTIONS, type Chosen } from './command.ts';
import type { Size } from './campaign.ts';
import { namedFaults, proofTable, prove } from './prove.ts';
import { isPlantName, type PlantName } from './plants/plant-names.ts';
import { KeptResults } from './report/kept-results.ts';
import { asPage, asTable, type Line } from './report/lines.ts';
import { Progress } from './report/progress.ts';
import { runCampaign } from './run-campaign.ts';

const USUAL_SEED = 1;

const { values, positionals } = commandArguments(HELP, OPTIONS);
const { size, resume, json, write } = values;
const plant = plantOf(values.plant);
const seed = Number(values.seed ?? USUAL_SEED);
if (!isSize(size)) usage(HELP, `There is no size ${size}.`);
if (!Number.isSafeInteger(seed)) usage(HELP, `--seed ${values.seed} is not a whole number.`);

if (!values.prove && positionals.length > 0) usage(HELP, `Campaigns are named by --only: ${positionals.join(', ')}.`);

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.once(name, () => stop.abort(new Error(`It was told to stop (${name}).`)));

try {
  process.exitCode = (await (values.prove ? proveAll() : torture(size, whatToRun(size)))) ? 0 : 1;
} catch (error) {
  if (!stop.signal.aborted) throw error;
  console.error('\nInterrupted. With --resume the same command goes on from the last part that was over.');
  process.exitCode = 130;
}

function whatToRun(asked: Size): readonly Chosen[] {
  const found = chosen(values, asked);
  return typeof found === 'string' ? usage(HELP, found) : found;
}

function plantOf(name: string | undefined): PlantName | null {
  if (name === undefined) return null;
  return isPlantName(name) ? name : usage(HELP, `There is no fault ${name} to plant.`);
}

async function proveAll(): Promise<boolean> {
  const faults = namedFaults(positionals);
  if (faults === null) return usage(HELP, `There is no such fault: ${positionals.join(', ')}.`);
  const told = ({ fault, caught }: { fault: string; caught: boolean }): void =>
    void process.stderr.write(`${fault}: ${caught ? 'caught' : 'MISSED'}\n`);
  const proofs = await prove(faults, { seed, signal: stop.signal, told });
  console.log(json ? JSON.stringify(proofs) : proofTable(proofs).join('\n'));
  return proofs.every(({ caught }) => caught);
}

async function torture(asked: Size, campaigns: readonly Chosen[]): Promise<boolean> {
  const results = new KeptResults(join(dataDirectory(), 'torture'));
  const commit = await commitOfHere();
  const progress = new Progress(process.stderr);
  const lines: Line[] = [];
  await using laboratory = new Laboratory();
  for (const { campaign, trials } of campaigns) {
    const { id, title } = campaign;
    const kept = resume ? await results.find({ id, size: asked, seed, trials }) : null;
    progress.begins(id, title, trials);
    const { finding, rows, tookMs } = await runCampaign(
      {
        ...{ campaign, size: asked, trials, seed, plant, signal: stop.signal, before: kept },
        progress: (done) => progress.goesOn(id, done, trials),
        keep: (found, spentMs) =>
          results.keep({ id, size: asked, seed, trials, commit, finding: found, tookMs: spentMs }),
      },
      laboratory,
    );
    progress.ends(
      id,
      rows.every(({ met }) => met),
      tookMs,
    );
    for (const violation of finding.violations.slice(0, 10)) console.error(`  ${violation}`);
    lines.push(...rows.map((row) => ({ ...row, seed, tookMs })));
  }
  console.log(json ? JSON.stringify({ commit, size: asked, seed, lines }) : asTable(lines).join('\n'));
  if (write) await writePage(lines, asked, commit);
  return lines.every(({ met }) => met);
}

async function writePage(lines: readonly Line[], asked: Size, commit: string): Promise<void> {
  const command = `npm run torture -- --size ${asked} --seed ${seed}${values.only === undefined ? '' : ` --only ${values.only}`}`;
  const machine = `${availableParallelism()} cores, Node ${process.version}`;
  const page = join(workspaceRoot, 'docs/torture.md');
  await writeFile(page, asPage(lines, { commit, command, machine }));
  await run(['prettier', '--write', page]);
}

async function commitOfHere(): Promise<string> {
  const { ok, output } = await run(['git', 'rev-parse', '--short', 'HEAD']).catch(() => ({ ok: false, output: '' }));
  return ok ? output.trim() : 'unknown';
}
