import { Api } from '../product/api.ts';
import type { Asked, Cell, Figures } from '../product/asked.ts';
import { BenchServer } from '../product/bench-server.ts';
import { percentile } from '../product/percentile.ts';
import { rounded } from '../product/rounded.ts';

const SIZES = { quick: { versions: 1_000, requests: 20 }, usual: { versions: 10_000, requests: 200 } } as const;
const GROWTH = 10;
const LIMIT = 50;
const UNMEASURED = 20;

const FILL = `
  INSERT INTO config_versions (id, device_id, sequence, content_hash, significant_hash, bytes, model, collected_at, job_id)
  SELECT gen_random_uuid(), $1::uuid, n, hash, hash, 4711, 'ios', now() - ($2::int - n) * interval '1 minute', gen_random_uuid()
  FROM (SELECT n, encode(sha256(convert_to($1::uuid::text || n, 'UTF8')), 'hex') AS hash FROM generate_series(1, $2::int) AS n) AS versions`;

/** Pages of the versions of one device, as a caller of the API waits for them. */
export async function measureVersions(asked: Asked): Promise<readonly Figures[]> {
  await using server = await BenchServer.start(asked.signal);
  const { versions, requests } = SIZES[asked.size];
  const rows: Cell[][] = [];
  for (const count of [versions, versions * GROWTH]) {
    asked.tell(`${count} versions`);
    await using api = await Api.start(server, asked.signal);
    const device = '00000000-0000-7000-8000-000000000001';
    await api.source.query(FILL, [device, count]);
    await api.source.query('ANALYZE');
    const pages = { first: null, middle: Math.round(count / 2), last: LIMIT + 1 };
    for (const [page, after] of Object.entries(pages)) {
      const path = `/api/v1/devices/${device}/versions?limit=${LIMIT}${after === null ? '' : `&after=${after}`}`;
      const took = await timesOf(api, path, UNMEASURED + requests * asked.runs);
      const [p50, p95] = [percentile(took, 0.5), percentile(took, 0.95)];
      rows.push([count, page, rounded(p50), rounded(p95), rounded(Math.max(...took)), rounded(await api.peakMb())]);
    }
  }
  const title = `One page of ${LIMIT} versions of a device through the API, in milliseconds (${requests * asked.runs} requests each)`;
  return [{ title, head: ['versions', 'page', 'p50', 'p95', 'max', 'API peak MB'], rows }];
}

async function timesOf(api: Api, path: string, requests: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let nth = 0; nth < requests; nth += 1) {
    const { text, milliseconds } = await api.getWell(path);
    const { items } = JSON.parse(text) as { readonly items: readonly unknown[] };
    if (items.length !== LIMIT) throw new Error(`A page has ${items.length} versions in place of ${LIMIT}.`);
    times.push(milliseconds);
  }
  return times.slice(UNMEASURED);
}
