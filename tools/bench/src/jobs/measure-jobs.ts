import type { Asked, Cell, Figures } from '../product/asked.ts';
import { BenchServer } from '../product/bench-server.ts';
import { rounded, times } from '../product/rounded.ts';
import { spreadOf } from '../spread.ts';
import { engineNames, loadEngine, type EngineName } from './engines.ts';
import { submitJobs, workOnJobs } from './job-programs.ts';
import { measureClaims } from './measure-claims.ts';

const SIZES = { quick: { unmeasured: 100, jobs: 200 }, usual: { unmeasured: 300, jobs: 500 } } as const;
const GROWTH = 10;
const WORKERS = 2;
const PLACES = 10;

type Rates = { readonly submitted: number; readonly worked: number; readonly peakMb: number; readonly cpuMs: number };

/** Our queue beside the least that its statements could be, and beside BullMQ, all on the same durable server. */
export async function measureJobs(asked: Asked): Promise<readonly Figures[]> {
  await using server = await BenchServer.start(asked.signal);
  const { unmeasured, jobs } = SIZES[asked.size];
  const sizes = [jobs, jobs * GROWTH];
  const rates = new Map<string, Rates[]>();
  for (let run = 0; run < asked.runs; run += 1) {
    for (const count of sizes) {
      // In turns, so that whatever else the machine does meets all of them.
      for (const engine of run % 2 === 0 ? engineNames : engineNames.toReversed()) {
        asked.tell(`${count} jobs with ${engine}, run ${run + 1} of ${asked.runs}`);
        const key = `${engine} ${count}`;
        rates.set(key, [...(rates.get(key) ?? []), await ratesOf(engine, { server, unmeasured, jobs: count }, asked)]);
      }
    }
  }
  const median = (engine: EngineName, count: number, of: keyof Rates): number =>
    spreadOf((rates.get(`${engine} ${count}`) ?? []).map((one) => one[of])).median;
  const rows = engineNames.flatMap((engine) =>
    sizes.map((count): Cell[] => [
      engine,
      count,
      ...(['submitted', 'worked'] as const).flatMap((of) => [
        rounded(median(engine, count, of)),
        times(median(engine, count, of), median('raw SQL', count, of)),
      ]),
      median(engine, count, 'cpuMs').toFixed(2),
      rounded(median(engine, count, 'peakMb')),
    ]),
  );
  const title = `Empty jobs, durable commits: submitted one by one by one client, then worked on one by one by ${WORKERS} processes x ${PLACES} places`;
  const head = ['engine', 'jobs', 'submitted/s', 'of raw', 'ended/s', 'of raw', 'worker cpu ms/job', 'worker peak MB'];
  return [{ title, head, rows }, await measureClaims(server, asked)];
}

async function ratesOf(
  engine: EngineName,
  { server, ...work }: { readonly server: BenchServer; readonly unmeasured: number; readonly jobs: number },
  { signal }: Asked,
): Promise<Rates> {
  const url = await server.newDatabase();
  const { prepare, countEnded } = await loadEngine[engine]();
  await prepare(url, signal);
  const where = { engine, url };
  const milliseconds = await submitJobs(where, work, signal);
  const { perSecond, peakMb, cpuMs } = await workOnJobs(where, { ...work, workers: WORKERS, places: PLACES }, signal);
  const [ended, wanted] = [await countEnded(url), work.unmeasured + work.jobs];
  if (ended !== wanted) throw new Error(`${engine} has ended ${ended} jobs of ${wanted}: its figures mean nothing.`);
  return { submitted: (1_000 * work.jobs) / milliseconds, worked: perSecond, peakMb, cpuMs };
}
