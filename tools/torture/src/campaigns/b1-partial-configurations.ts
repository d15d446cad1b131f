import { describeProof, modelNamed, type CollectedConfiguration } from '#backups/domain';
import type { Cut, Faults } from '#device-simulator';
import type { Result } from '#kernel';
import type { Campaign, Order } from '../campaign.ts';
import { never } from '../judge.ts';
import { DeviceLab, type LabDevice } from './device-lab.ts';

const CUTS: readonly Cut[] = ['reset', 'fin', 'close', 'exit'];
const QUIET_MS = 40;
const IDLE_MS = 400;
const TAIL_BYTES = 4_096;

/** Every answer that a device did not finish is a failure, whatever it looks like: only the whole one counts. */
export const partialConfigurations: Campaign = {
  id: 'B1',
  title: 'answers of devices that are cut off, stall, page or are garbled',
  answers: [],
  trials: { gate: 70, nightly: 5_000 },
  part: { gate: 70, nightly: 500 },
  run: async (order) => {
    await using lab = await DeviceLab.open(order.signal);
    const violations: string[] = [];
    const reached: Record<string, number> = {};
    let [next, done] = [0, 0];
    const lane = async (one: LabDevice): Promise<void> => {
      while (next < order.trials) {
        next += 1;
        const { name, faults } = harm(one, order);
        const limits = { quiet: QUIET_MS, idle: IDLE_MS };
        const outcome = await lab.collectWith(one, faults, { limits, signal: order.signal });
        const accepted = order.plant === 'partial-is-success' ? orPart(outcome, one) : outcome;
        const kind = accepted.ok ? 'accepted whole' : 'refused';
        if (accepted.ok && accepted.value.text !== one.whole) {
          violations.push(
            `${one.model}, ${name}: ${accepted.value.text.length} of ${one.whole.length} characters were accepted.`,
          );
        }
        for (const what of [kind, name.split(' ')[0] ?? '']) reached[what] = (reached[what] ?? 0) + 1;
        order.progress((done += 1));
      }
    };
    await Promise.all(lab.devices.map(lane));
    return { trials: order.trials, violations, samples: {}, reached };
  },
  judge: (finding) => [
    never('B1: partial configurations accepted', finding, {
      refused: Math.floor(finding.trials * 0.7),
      ...Object.fromEntries(CUTS.map((cut) => [cut, Math.floor(finding.trials / 20)])),
    }),
  ],
};

/**
 * Where the exit status is all the proof there is, a device that sends a part and calls it a success cannot be told from one that
 * has sent everything: of such models this is not tried.
 */
function believesStatus(model: string): boolean {
  const named = modelNamed(model);
  const proof = named === null ? '' : describeProof(named);
  return /exit status/.test(proof) && !/braces/.test(proof);
}

function harm(
  { answerBytes, model }: LabDevice,
  { random }: Order,
): { readonly name: string; readonly faults: Faults } {
  const tail = Math.min(TAIL_BYTES, answerBytes);
  const afterBytes = random.fraction() < 0.5 ? answerBytes - 1 - random.below(tail) : random.below(answerBytes);
  const chunkBytes = random.pick([1, 7, 512, 100_000]);
  const pieces = answerBytes > TAIL_BYTES ? {} : { chunkBytes };
  const chance = random.fraction();
  if (chance < 0.08) return { name: `stall after ${afterBytes}`, faults: { ...pieces, stall: { afterBytes } } };
  if (chance < 0.12) return { name: 'pager', faults: { pager: { lines: 1 + random.below(5) } } };
  if (chance < 0.16) return { name: 'garbled', faults: { garbled: { everyBytes: 1 + random.below(answerBytes) } } };
  const by = random.pick(CUTS.filter((cut) => cut !== 'exit' || !believesStatus(model)));
  return { name: `${by} after ${afterBytes}`, faults: { ...pieces, cut: { afterBytes, by } } };
}

/** What a collector answers that takes whatever has come for the configuration. */
function orPart<E>(
  outcome: Result<CollectedConfiguration, E>,
  { whole }: LabDevice,
): Result<CollectedConfiguration, E> {
  if (outcome.ok) return outcome;
  return { ok: true, value: { text: whole.slice(0, whole.length / 2) } as CollectedConfiguration };
}
