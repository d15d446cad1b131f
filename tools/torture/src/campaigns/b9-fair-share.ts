import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { DeviceId } from '#devices/contracts';
import type { Campaign, Finding } from '../campaign.ts';
import { FleetProcess } from '../fleet/fleet-process.ts';
import { percentile } from '../judge.ts';
import type { Random } from '../random.ts';
import { BackupSite } from '../site/backup-site.ts';

const DEAD = 0.3;
/** On a machine that does other things too, two rounds of a few seconds differ by themselves. */
const MOST = { gate: 2, nightly: 1.2 } as const;

/** Devices that were dead the last time do not keep the others waiting. */
export const fairShare: Campaign = {
  id: 'B9',
  title: 'a fleet of which 30 % take the connection and say nothing',
  answers: [],
  trials: { gate: 40, nightly: 1_000 },
  part: { gate: 40, nightly: 1_000 },
  run: async (order, laboratory): Promise<Finding> => {
    await using site = await BackupSite.open(await laboratory.server(), order.signal);
    await using fleet = await FleetProcess.start([]);
    const silent = createServer((socket) => void socket.on('error', () => {}).resume());
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    try {
      const [alive, dead]: [DeviceId[], DeviceId[]] = [[], []];
      for (let nth = 0; nth < order.trials; nth += 1) {
        const device = fleet.healthy[nth % fleet.healthy.length];
        if (device === undefined) throw new Error('There is no device to be healthy.');
        const isDead = nth < order.trials * DEAD;
        const { port } = silent.address() as AddressInfo;
        (isDead ? dead : alive).push(await site.addDevice(isDead ? { ...device, port } : device));
        order.progress(nth + 1);
      }
      const withinMs = 30_000 + order.trials * 500;
      await site.round(alive, alive, withinMs);
      const without = await site.round(alive, alive, withinMs);
      await site.haveFailed(dead);
      const among = await site.round(shuffled([...alive, ...dead], order.random), alive, withinMs);
      const isLate = without === null || among === null;
      return {
        trials: order.trials,
        violations: isLate ? ['B9: healthy devices were not backed up in time.'] : [],
        samples: { ratio: isLate ? [] : [among / without], alone: [without ?? Infinity], among: [among ?? Infinity] },
        reached: { healthy: alive.length, dead: dead.length },
      };
    } finally {
      silent.close();
    }
  },
  judge: ({ samples, violations, trials }, size) => {
    const ratio = percentile(samples['ratio'] ?? [], 1);
    const isMet = violations.length === 0 && ratio > 0 && ratio <= MOST[size];
    const figure = `B9: time for the healthy ones among dead ones, as a multiple of that without them, ≤ ${MOST[size]}`;
    return [{ figure, result: ratio.toFixed(2), met: isMet, isZeroInN: false, n: trials }];
  },
};

function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  return items
    .map((item) => ({ item, at: random.fraction() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
