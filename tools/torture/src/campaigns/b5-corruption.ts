import { copyFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContentHash } from '#backups/domain';
import type { StoredContents } from '#backups/application';
import type { Campaign, Finding, Order } from '../campaign.ts';
import { composeContents, composeStore } from '../disk/composition-root.ts';
import { never } from '../judge.ts';
import type { Random } from '../random.ts';

const KEY = Buffer.alloc(32, 9).toString('base64');
const CONTENTS = 24;

type Content = { readonly hash: ContentHash; readonly bytes: number; readonly file: string };
type Damage = {
  readonly to: (victim: Content, other: Content, random: Random) => Promise<unknown>;
  /** What may be said of it. */
  readonly named: readonly string[];
};

/** What befalls files. A content that is put in another one's place may be an older version of the same device. */
const damages: Readonly<Record<string, Damage>> = {
  'bit flipped': {
    to: ({ file }, _other, random) => rewrite(file, (bytes) => flipped(bytes, random)),
    named: ['altered', 'sealed-by-other-key'],
  },
  'cut off': {
    to: ({ file }, _other, random) => rewrite(file, (bytes) => bytes.subarray(0, random.below(bytes.length))),
    named: ['truncated', 'altered'],
  },
  'end zeroed': {
    to: ({ file }, _other, random) => rewrite(file, (bytes) => zeroed(bytes, random)),
    named: ['altered'],
  },
  replaced: { to: (victim, other) => copyFile(other.file, victim.file), named: ['replaced'] },
  deleted: { to: ({ file }) => rm(file), named: ['missing'] },
  emptied: { to: ({ file }) => writeFile(file, ''), named: ['truncated'] },
};

export const corruption: Campaign = {
  id: 'B5',
  title: 'stored contents that are changed, cut, replaced or deleted behind the store’s back',
  answers: [],
  trials: { gate: 300, nightly: 10_000 },
  part: { gate: 300, nightly: 10_000 },
  run: async (order): Promise<Finding> => {
    const folder = await mkdtemp(join(tmpdir(), 'lockstep-corruption-'));
    try {
      return await damageMany(join(folder, 'store'), order);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  judge: (finding) => [
    never('B5: damages that verification does not name, and sound contents that it names', finding, {
      ...Object.fromEntries(Object.keys(damages).map((name) => [name, Math.floor(finding.trials / 20)])),
      'found sound': finding.trials,
    }),
  ],
};

async function damageMany(directory: string, { trials, random, signal, plant, progress }: Order): Promise<Finding> {
  const all = await fill(directory, signal);
  const contents = composeContents(directory, KEY);
  const sizes = new Map(await Promise.all(all.map(async ({ hash, file }) => [hash, (await stat(file)).size] as const)));
  const examine = async (content: Content): Promise<string> =>
    plant === 'verify-by-size' ? bySize(content, sizes.get(content.hash)) : kindOf(contents, content, signal);
  const violations: string[] = [];
  const reached: Record<string, number> = {};
  const count = (name: string): void => void (reached[name] = (reached[name] ?? 0) + 1);
  for (let trial = 1; trial <= trials; trial += 1) {
    signal.throwIfAborted();
    const [name, victim] = [random.pick(Object.keys(damages)), random.pick(all)];
    const other = random.pick(all.filter((one) => one !== victim));
    const before = await readFile(victim.file);
    await damages[name]?.to(victim, other, random);
    const found = await examine(victim);
    if (!damages[name]?.named.includes(found)) violations.push(`A content that was ${name} is called ${found}.`);
    count(name);
    await writeFile(victim.file, before);
    for (const sound of [victim, other]) {
      const kind = await examine(sound);
      if (kind === 'sound') count('found sound');
      else violations.push(`A sound content is called ${kind}.`);
    }
    progress(trial);
  }
  return { trials, violations, samples: {}, reached };
}

async function fill(directory: string, signal: AbortSignal): Promise<readonly Content[]> {
  const store = composeStore(directory, KEY);
  const contents: Content[] = [];
  for (let nth = 0; nth < CONTENTS; nth += 1) {
    const text = Buffer.from(`hostname r${nth}\n${'interface\n'.repeat(1 + nth * 40)}end\n`);
    const put = await store.put(text, signal);
    if (!put.ok) throw new Error(`The store cannot be filled: ${put.error.kind}.`);
    const hash = put.value;
    const file = join(directory, 'objects', hash.slice(0, 2), hash.slice(2, 4), hash);
    contents.push({ hash, bytes: text.length, file });
  }
  return contents;
}

async function kindOf(contents: StoredContents, { hash, bytes }: Content, signal: AbortSignal): Promise<string> {
  return (await contents.examine({ hash, bytes }, signal)).kind;
}

/** What a verification finds that does not read the bytes. */
async function bySize({ file }: Content, size: number | undefined): Promise<string> {
  const found = await stat(file).catch(() => null);
  if (found === null) return 'missing';
  return found.size === size ? 'sound' : 'truncated';
}

async function rewrite(file: string, change: (bytes: Buffer) => Uint8Array): Promise<void> {
  await writeFile(file, change(await readFile(file)));
}

function flipped(bytes: Buffer, random: Random): Buffer {
  const at = random.below(bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
  return bytes;
}

function zeroed(bytes: Buffer, random: Random): Buffer {
  return bytes.fill(0, Math.max(0, bytes.length - 16 - random.below(512)));
}
