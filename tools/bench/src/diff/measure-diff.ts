import type { DeviceId } from '#devices/contracts';
import { Api } from '../product/api.ts';
import type { Asked, Cell, Figures } from '../product/asked.ts';
import { BenchServer } from '../product/bench-server.ts';
import { percentile } from '../product/percentile.ts';
import { rounded } from '../product/rounded.ts';
import { changed, configuration } from './texts.ts';

const REQUESTS = { quick: 3, usual: 10 } as const;
const SMALL = 100_000;
const GROWTH = 10;
const UNMEASURED = 2;
const TOO_LARGE = 422;
const CHANGES = { '2 % of the lines': 50, 'all lines': 1 } as const;
const VIEWS = ['redacted', 'original'] as const;

type Pair = { readonly id: string; readonly lines: number };

/** A version compared with the one before, as a caller of the API waits for it. */
export async function measureDiff(asked: Asked): Promise<readonly Figures[]> {
  await using server = await BenchServer.start(asked.signal);
  const requests = REQUESTS[asked.size] * asked.runs;
  const rows: Cell[][] = [];
  for (const bytes of [SMALL, SMALL * GROWTH]) {
    await using api = await Api.start(server, asked.signal);
    for (const [change, everyNth] of Object.entries(CHANGES)) {
      const { id, lines } = await storePair(api, { bytes, everyNth }, asked.signal);
      for (const view of VIEWS) {
        asked.tell(`two texts of ${bytes} bytes, changed: ${change}, ${view}`);
        const took = await timesOf(api, `/api/v1/versions/${id}/diff?view=${view}`, {
          requests,
          least: lines / everyNth,
        });
        rows.push([bytes, change, view, ...cellsOf(took), rounded(await api.peakMb())]);
      }
    }
  }
  const title = `The difference of two texts through the API, in milliseconds (${requests} requests each)`;
  return [{ title, head: ['bytes each', 'changed', 'view', 'p50', 'p95', 'max', 'API peak MB'], rows }];
}

function cellsOf(took: readonly number[] | null): readonly Cell[] {
  if (took === null) return ['refused', 'refused', 'refused'];
  return [percentile(took, 0.5), percentile(took, 0.95), Math.max(...took)].map(rounded);
}

/** Stores two texts as the first two versions of a new device; answers the second one. */
async function storePair(
  { site, source }: Api,
  { bytes, everyNth }: { readonly bytes: number; readonly everyNth: number },
  signal: AbortSignal,
): Promise<Pair> {
  const before = configuration(bytes);
  const [{ device }] = await source.query<[{ device: DeviceId }]>('SELECT gen_random_uuid() AS device');
  let id = '';
  for (const [index, lines] of [before, changed(before, everyNth)].entries()) {
    const text = Buffer.from(`${lines.join('\n')}\n`);
    const stored = await site.store.put(text, signal);
    if (!stored.ok) throw new Error(`A text could not be stored: ${stored.error.kind}.`);
    const [row] = await source.query<[{ id: string }]>(
      `INSERT INTO config_versions (id, device_id, sequence, content_hash, significant_hash, bytes, model, collected_at, job_id)
       VALUES (gen_random_uuid(), $1, $2, $3, $3, $4, 'ios', now(), gen_random_uuid()) RETURNING id`,
      [device, index + 1, stored.value, text.length],
    );
    id = row.id;
  }
  return { id, lines: before.length };
}

/** Null when the texts differ too much to be compared. */
async function timesOf(
  api: Api,
  path: string,
  { requests, least }: { readonly requests: number; readonly least: number },
): Promise<readonly number[] | null> {
  const times: number[] = [];
  for (let nth = 0; nth < UNMEASURED + requests; nth += 1) {
    const { status, text, milliseconds } = await api.get(path);
    if (status === TOO_LARGE) return null;
    if (status !== 200) throw new Error(`${path} was answered with ${status}: ${text}`);
    const added = text.match(/^\+(?!\+\+)/gm)?.length ?? 0;
    if (added < least) throw new Error(`The diff adds ${added} lines, where ${least} were changed.`);
    times.push(milliseconds);
  }
  return times.slice(UNMEASURED);
}
