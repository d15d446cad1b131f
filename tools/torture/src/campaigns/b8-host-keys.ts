import { newHostKey } from '#device-simulator';
import type { Campaign } from '../campaign.ts';
import { never } from '../judge.ts';
import { collect, DeviceLab } from './device-lab.ts';

/** A device that cannot show the key that was pinned for it is not sent the credentials. */
export const hostKeys: Campaign = {
  id: 'B8',
  title: 'devices with another host key than the pinned one, or with none pinned',
  answers: [],
  trials: { gate: 60, nightly: 500 },
  part: { gate: 60, nightly: 500 },
  run: async (order) => {
    await using lab = await DeviceLab.open(order.signal);
    const violations: string[] = [];
    const reached: Record<string, number> = {};
    const otherKeys = Array.from({ length: 4 }, () => newHostKey());
    let [next, done] = [0, 0];
    const lane = async (one: (typeof lab.devices)[number]): Promise<void> => {
      while (next < order.trials) {
        next += 1;
        const { log } = one.device;
        const before = log.attempts.filter(({ credentials }) => credentials).length;
        const isPinned = order.random.fraction() < 0.7;
        one.device.faults = isPinned ? { otherHostKey: order.random.pick(otherKeys) } : {};
        const pinned = isPinned && order.plant !== 'any-host-key' ? one.device.hostKey : null;
        const shown = order.plant === 'any-host-key' ? (one.device.faults.otherHostKey ?? one.device.hostKey) : pinned;
        const outcome = await collect(one, {}, order.signal, shown);
        const sent = log.attempts.filter(({ credentials }) => credentials).length - before;
        if (outcome.ok) violations.push(`${one.model}: collected without the pinned key.`);
        if (sent > 0) violations.push(`${one.model}: credentials were sent to a stranger.`);
        const name = isPinned ? 'another key' : 'no key pinned';
        reached[name] = (reached[name] ?? 0) + 1;
        order.progress((done += 1));
      }
    };
    await Promise.all(lab.devices.map(lane));
    return { trials: order.trials, violations, samples: {}, reached };
  },
  judge: (finding) => [
    never('B8: credentials sent to, or configurations taken from, a device with a wrong host key', finding, {
      'another key': Math.floor(finding.trials / 2),
      'no key pinned': Math.floor(finding.trials / 10),
    }),
  ],
};
