import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeStore } from '../disk/composition-root.ts';
import type { DiskFault } from '../disk/disk-fault.ts';
import { storeInProcess, type Stored } from '../disk/store-process.ts';
import type { Campaign, Finding, Order } from '../campaign.ts';
import { never } from '../judge.ts';
import type { PlantName } from '../plants/plant-names.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');
const OLD = 'hostname old\nend\n';
const NEW = `hostname new\n${'interface x\n'.repeat(2_000)}end\n`;
const LANES = 2;
const OF_A_FILE = /^(create|write|sync|rename)$/;
const DAMAGES = ['EIO', 'ENOSPC', 'EDQUOT'] as const;

type Trial = { readonly fault: DiskFault; readonly operation: string };

/** Ends of the process and of the power at every file operation of a write, before it and after it. */
export const writePath: Campaign = {
  id: 'B2',
  title: 'the process, or the power, ends at each file operation of a write',
  answers: [],
  trials: { gate: 12, nightly: 600 },
  part: { gate: 12, nightly: 120 },
  run: (order) =>
    run(order, (at, { random }) => ({
      kind: random.pick(['kill', 'power']),
      at,
      when: random.pick(['before', 'after']),
    })),
  judge: (finding) => [
    never('B2: versions lost, torn or half there after a crash in the write path', finding, {
      'ended in the middle': Math.ceil(finding.trials * 0.6),
    }),
  ],
};

/** Errors of the disk at every file operation of a write. What was acknowledged has to survive the power as well. */
export const diskErrors: Campaign = {
  id: 'B3',
  title: 'the disk is full, or fails, at each file operation of a write',
  answers: [],
  trials: { gate: 7, nightly: 300 },
  part: { gate: 7, nightly: 100 },
  run: (order) =>
    run(order, (at, { random }, operation) => ({
      kind: /sync/.test(operation) ? 'EIO' : random.pick(DAMAGES),
      at,
      when: 'before',
      thenPower: true,
    })),
  judge: (finding) => [
    never('B3: errors of the disk that were taken for success, or that cost an older version', finding, {
      refused: Math.ceil(finding.trials * 0.5),
    }),
  ],
};

async function run(order: Order, draw: (at: number, order: Order, operation: string) => DiskFault): Promise<Finding> {
  const forgets = forgotten(order.plant);
  const { names, hash } = await aWrite();
  const moments = momentsOf(names);
  const reached: Record<string, number> = { 'operations of a write': names.length };
  const violations: string[] = [];
  const trials: Trial[] = Array.from({ length: order.trials }, (_, index) => {
    const at = moments[index % moments.length] ?? 1;
    const drawn = draw(at, order, names[at - 1] ?? '');
    const fault = {
      ...drawn,
      ...(forgets && { forgets }),
      ...(order.plant === 'sync-again-after-failure' && { syncsAgain: true }),
      ...(at > names.length && { thenPower: true }),
    };
    return { fault, operation: names[at - 1] ?? 'the end' };
  });
  let [next, done] = [0, 0];
  const lane = async (): Promise<void> => {
    for (let trial = trials[next++]; trial !== undefined; trial = trials[next++]) {
      order.signal.throwIfAborted();
      const seen = await tryOne(trial, hash);
      violations.push(...seen.violations);
      for (const name of seen.reached) reached[name] = (reached[name] ?? 0) + 1;
      order.progress((done += 1));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return { trials: order.trials, violations, samples: {}, reached };
}

/** The moments of a write, as numbers of its operations: after its end, then those that matter most, then all others. */
function momentsOf(names: readonly string[]): readonly number[] {
  const all = names.map((_, index) => index + 1);
  const [first, rest] = [
    all.filter((at) => OF_A_FILE.test(names[at - 1] ?? '')),
    all.filter((at) => !OF_A_FILE.test(names[at - 1] ?? '')),
  ];
  return [names.length + 1, ...first, ...rest];
}

function forgotten(plant: PlantName | null): DiskFault['forgets'] {
  if (plant === 'write-without-sync') return 'sync of files';
  return plant === 'rename-without-sync' ? 'sync of folders' : undefined;
}

async function aWrite(): Promise<{ readonly names: readonly string[]; readonly hash: string }> {
  await using place = await storePlace();
  const { operations, answer } = await storeInProcess({
    ...place,
    text: NEW,
    fault: { kind: 'none', at: 0, when: 'before' },
  });
  if (operations.length === 0)
    throw new Error('No file operation of the store was seen: the harness looks in the wrong place.');
  if (answer?.kind !== 'stored') throw new Error('A store with nothing wrong about it has stored nothing.');
  return { names: operations, hash: answer.hash };
}

async function tryOne(
  { fault, operation }: Trial,
  hash: string,
): Promise<{ violations: readonly string[]; reached: readonly string[] }> {
  await using place = await storePlace();
  const stored = await storeInProcess({ ...place, text: NEW, fault });
  const where = `${fault.kind} ${fault.when} ${operation}`;
  const reached = [
    ...(stored.how === 'SIGKILL' ? ['ended in the middle'] : []),
    ...(stored.answer?.kind === 'refused' ? ['refused'] : []),
  ];
  return { reached, violations: (await whatIsWrong(place, stored, hash)).map((fault) => `${where}: ${fault}`) };
}

type Place = AsyncDisposable & { readonly store: string; readonly masterKey: string; readonly old: string };

/** A store with one version in it. */
async function storePlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'lockstep-disk-'));
  const store = join(folder, 'store');
  const put = await composeStore(store, KEY).put(Buffer.from(OLD), AbortSignal.timeout(20_000));
  if (!put.ok) throw new Error(`The store cannot be set up: ${put.error.kind}.`);
  return {
    store,
    masterKey: KEY,
    old: put.value,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** As another process finds it afterwards. */
async function whatIsWrong(
  { store, old }: Place,
  { answer, how, lastWords }: Stored,
  hash: string,
): Promise<readonly string[]> {
  const signal = AbortSignal.timeout(20_000);
  const wrong: string[] = [];
  if (how !== 'SIGKILL' && how !== 0) wrong.push(`the process ended with ${how}. ${lastWords}`);
  const after = composeStore(store, KEY);
  const reads = async (hash: string): Promise<string> =>
    after.get(hash as never, signal).then(
      (bytes) => Buffer.from(bytes).toString(),
      (error: Error) => error.name,
    );
  if ((await reads(old)) !== OLD) wrong.push(`the older version reads as ${(await reads(old)).slice(0, 40)}.`);
  const there = await reads(hash);
  if (there !== NEW && there !== 'ConfigMissing') wrong.push(`the new version is half there (${there.slice(0, 40)}).`);
  const acknowledged = answer?.kind === 'stored' ? answer.hash : null;
  if (acknowledged !== null && (await reads(acknowledged)) !== NEW) {
    wrong.push(`it was stored, and reads as ${(await reads(acknowledged)).slice(0, 40)}.`);
  }
  const again = await after.put(Buffer.from(NEW), signal);
  if (!again.ok) wrong.push(`it cannot be stored again: ${again.error.kind}.`);
  else if ((await reads(again.value)) !== NEW) wrong.push('stored again, it does not read back.');
  const left = await readdir(join(store, 'incoming')).catch(() => []);
  if (left.length > 0) wrong.push(`${left.length} temporary files are left after the next write.`);
  return wrong;
}
