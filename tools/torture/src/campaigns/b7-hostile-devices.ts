import { setTimeout as sleep } from 'node:timers/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Faults, Phase } from '#device-simulator';
import type { Campaign, Finding } from '../campaign.ts';
import { never, within } from '../judge.ts';
import { FleetProcess, type FleetDevice } from '../fleet/fleet-process.ts';
import { collectFrom } from '../fleet/collect-from.ts';

const MEGABYTE = 1024 * 1024;
const LIMITS = { connect: 10_000, quiet: 100, idle: 1_500, total: 4_000, bytes: MEGABYTE };
/** Healthy ones have time: what is measured is whether they succeed. */
const PATIENT = { ...LIMITS, idle: 20_000, total: 30_000 };
const LATE_MS = 2_000;
const NANOSECONDS = 1e6;

const phases: readonly Phase[] = ['connection', 'authentication', 'channel', 'prompt', 'logout'];

/** What hostile devices do; every fifth visit is to one of them. */
const hostile: Readonly<Record<string, Faults>> = {
  'a byte a second': { bytesPerSecond: 1 },
  'endless lines': { endless: 'Building configuration...\r\n' },
  'endless without a line': { endless: 'x' },
  'a storm of escapes': { endless: '\u001b[2J\u001b[31;1m\u001b[H' },
  'a page for each line': { pager: { lines: 1 } },
  garbled: { garbled: { everyBytes: 3 } },
  stalled: { stall: { afterBytes: 100 } },
  ...Object.fromEntries(phases.map((phase) => [`silent at ${phase}`, { silentAt: phase }])),
};

/** The fleet is a process of its own: what is measured here is the collector alone. */
const loopDelayMs = { gate: 1_500, nightly: 50 } as const;

export const hostileDevices: Campaign = {
  id: 'B7',
  title: 'visits to devices of which every fifth is hostile',
  answers: [],
  trials: { gate: 80, nightly: 1_000 },
  part: { gate: 80, nightly: 200 },
  run: async (order): Promise<Finding> => {
    const kinds = Object.keys(hostile);
    // Two processes: a simulator that sends without end has no time for its own healthy devices.
    await using bad = await FleetProcess.start(Object.values(hostile));
    await using good = await FleetProcess.start([]);
    const fleet = { healthy: good.healthy, hostile: bad.hostile };
    const all = await Promise.all(fleet.healthy.map((device) => collectFrom(device, PATIENT, order.signal)));
    const wholes = all.map((outcome) => (outcome.ok ? outcome.value.text : null));
    const violations: string[] = [];
    const samples: Record<string, number[]> = { hostile: [], healthy: [], 'loop delay': [] };
    const reached: Record<string, number> = {};
    const visit = async (device: FleetDevice, kind: string, whole: string | null): Promise<void> => {
      const began = performance.now();
      const outcome = await collectFrom(device, kind === 'healthy' ? PATIENT : LIMITS, order.signal);
      samples[kind === 'healthy' ? 'healthy' : 'hostile']?.push(performance.now() - began);
      reached[kind] = (reached[kind] ?? 0) + 1;
      if (kind === 'healthy' && !outcome.ok) violations.push(`A healthy neighbour failed: ${outcome.error.kind}.`);
      if (outcome.ok && whole !== null && outcome.value.text !== whole)
        violations.push(`${kind}: a part was accepted.`);
    };
    const watch = watchProcess(samples);
    let done = 0;
    const visits = Array.from({ length: order.trials }, (_, index) => async () => {
      await sleep(order.random.between(0, order.trials * 15));
      const isHostile = index % 5 === 0;
      const nth = isHostile ? (index / 5) % kinds.length : index % fleet.healthy.length;
      const device = isHostile ? fleet.hostile[nth] : fleet.healthy[nth];
      if (device === undefined) throw new Error('There is no such device.');
      await visit(device, isHostile ? (kinds[nth] ?? '') : 'healthy', isHostile ? null : (wholes[nth] ?? null));
      order.progress((done += 1));
    });
    await Promise.all(visits.map((go) => go()));
    await watch[Symbol.asyncDispose]();
    return { trials: order.trials, violations, samples, reached };
  },
  judge: (finding, size) => [
    never('B7: healthy neighbours of hostile devices that failed, or parts accepted', finding, {
      healthy: Math.floor(finding.trials * 0.7),
    }),
    within('B7: a visit to a hostile device ends', finding.samples['hostile'] ?? [], { max: LIMITS.total + LATE_MS }),
    within('B7: p99 of the delay of the event loop', finding.samples['loop delay'] ?? [], { max: loopDelayMs[size] }),
  ],
};

/** Tells at its end how late the event loop was meanwhile. */
function watchProcess(samples: Record<string, number[]>): AsyncDisposable {
  const histogram = monitorEventLoopDelay({ resolution: 10 });
  histogram.enable();
  return {
    [Symbol.asyncDispose]: async () => {
      histogram.disable();
      samples['loop delay']?.push(histogram.percentile(99) / NANOSECONDS);
    },
  };
}
