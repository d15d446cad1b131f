const VARIABLE = 'LOCKSTEP_TEST_SEED';

/** The seed that the environment asks for; drawn, and left there for the processes of this run, where it says `random`. */
export function seedOfRun(): number | undefined {
  const wanted = process.env[VARIABLE] ?? '';
  if (wanted === '') return undefined;
  const seed = wanted === 'random' ? Date.now() % 1_000_000 : Number(wanted);
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new Error(`${VARIABLE} is ${JSON.stringify(wanted)}: write a whole number, or "random".`);
  }
  process.env[VARIABLE] = String(seed);
  return seed;
}

/**
 * Puts the suites of a suite, and its tests, in an order that the seed decides, at every level. Which of two comes first
 * depends on the seed and their titles alone, so that the order of a part of the run is the one it has in all of it.
 */
export function shuffle(suite: Mocha.Suite, seed: number): void {
  order(suite.tests, seed);
  order(suite.suites, seed);
  for (const child of suite.suites) shuffle(child, seed);
}

function order(children: { file?: string | undefined; fullTitle(): string }[], seed: number): void {
  const keys = new Map(children.map((child) => [child, keyOf(child.fullTitle(), seed)]));
  children.sort((one, other) => keys.get(one)! - keys.get(other)!);
}

/** FNV-1a, and the finalizer of MurmurHash3 so that titles which differ in the last letter do not stay together. */
function keyOf(text: string, seed: number): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (const byte of Buffer.from(`${seed} ${text}`)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
