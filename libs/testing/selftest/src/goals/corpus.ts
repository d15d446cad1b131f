import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { ProgramSaid } from '../fixtures/programs.fixture.ts';
import type { Goal, SelfTestRun } from '../goal.ts';
import { byFastCheck } from '../programs/by-fast-check.ts';
import { corpus } from '../programs/corpus.ts';
import type { Program } from '../programs/program.ts';
import { runMocha } from '../run-mocha.ts';
import { saidBy } from '../said-by.ts';

const PROGRAMS = join(import.meta.dirname, '../fixtures/programs.fixture.ts');
const SUITES = 20;
const FEW_RUNS = 100;
const MANY_RUNS = 1_000;

type PeerScore = {
  /** In how many suites the fault was found. */
  readonly few: number;
  readonly many: number;
  readonly hangs: boolean;
  readonly accuses: boolean;
};

/** Every planted fault is found, and nothing is said of the program beside it that has none. */
export const plantedFaults: Goal = {
  id: 'corpus',
  claim: 'faults of order and failure are found wherever they are planted, and nowhere else',
  target: `${corpus.length} of ${corpus.length} planted faults found, 0 false alarms among ${corpus.length} correct twins`,
  check: async (run) => {
    const [mocha, peer] = await Promise.all([
      runMocha([PROGRAMS], { plugin: true, signal: run.signal }),
      fastCheckScores(run),
    ]);
    const said = saidBy<ProgramSaid>(mocha.stderr, 'program');
    const of = ({ name }: Program, twin: ProgramSaid['twin']): ProgramSaid | undefined =>
      said.find((one) => one.program === name && one.twin === twin);
    const found = corpus.filter((program) => of(program, 'faulty')?.found);
    const isAccused = (program: Program): boolean => isFailed(of(program, 'correct'));
    const cleared = corpus.filter((program) => of(program, 'correct')?.complete === true && !isAccused(program));
    const accused = corpus.filter(isAccused);
    return {
      passed: found.length === corpus.length && cleared.length === corpus.length,
      measured: `${found.length} of ${corpus.length} planted faults found, ${accused.length} false alarms among ${corpus.length} correct twins, ${cleared.length} of them run completely`,
      peers: [{ name: "fast-check's scheduler", measured: spoken([...peer.values()]) }],
      details: [
        ...corpus.map((program) => rowOf(program, { of: (twin) => of(program, twin), score: peer.get(program.name) })),
        ...(mocha.exitCode === 0 ? [] : [mocha.stdout, mocha.stderr]),
      ],
    };
  },
};

/** Faults of calls are out of its reach: it decides orders, not outcomes. */
async function fastCheckScores({ progress }: SelfTestRun): Promise<ReadonlyMap<string, PeerScore>> {
  const scores = new Map<string, PeerScore>();
  for (const program of corpus) {
    if (program.found !== 'orders') continue;
    progress(`fast-check: ${program.name}`);
    const score = { few: 0, many: 0, hangs: false };
    for (let seed = 1; seed <= SUITES; seed += 1) {
      // The first runs of a suite are the same, however many there are.
      const { runs, hangs } = await byFastCheck(program.faulty, { seed, runs: MANY_RUNS });
      if (runs !== undefined) score.many += 1;
      if (runs !== undefined && runs <= FEW_RUNS) score.few += 1;
      score.hangs ||= hangs;
      await turn(); // lets the other process be heard
    }
    const twin = await byFastCheck(program.correct, { seed: 1, runs: FEW_RUNS });
    scores.set(program.name, { ...score, accuses: twin.runs !== undefined });
  }
  return scores;
}

function spoken(scores: readonly PeerScore[]): string {
  const always = (suites: (score: PeerScore) => number): string =>
    `${scores.filter((score) => suites(score) === SUITES).length} of ${corpus.length} in each of ${SUITES} suites`;
  const beyond = corpus.length - scores.length;
  return [
    `${FEW_RUNS} runs: ${always(({ few }) => few)}`,
    `1,000 runs: ${always(({ many }) => many)}`,
    `${scores.filter(({ hangs }) => hangs).length} of them as a hang, which the harness ends`,
    `${scores.filter(({ accuses }) => accuses).length} false alarms`,
    `${beyond} are faults of calls, which it does not try`,
  ].join('; ');
}

function isFailed(said: ProgramSaid | undefined): boolean {
  return said?.found === true || said?.otherwise === true;
}

type Row = { of(twin: ProgramSaid['twin']): ProgramSaid | undefined; readonly score: PeerScore | undefined };

function rowOf({ name, fault }: Program, { of, score }: Row): string {
  const [faulty, correct] = [of('faulty'), of('correct')];
  const peer =
    score === undefined
      ? 'out of reach'
      : `${score.few} of ${SUITES} at ${FEW_RUNS} runs, ${score.many} of ${SUITES} at 1,000 runs${score.hangs ? ' (hangs)' : ''}`;
  return [
    `${name}: ${fault}`,
    `  ${faulty?.found ? `found, ${faulty.runs} runs` : 'NOT FOUND'}: ${faulty?.told ?? 'nothing said'}`,
    `  twin ${isFailed(correct) ? 'ACCUSED' : 'cleared'}: ${correct?.told ?? 'nothing said'}`,
    `  fast-check: ${peer}${score?.accuses ? ', twin ACCUSED' : ''}`,
  ].join('\n');
}
