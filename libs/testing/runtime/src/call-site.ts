import { isBuiltin } from 'node:module';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stackBelow } from './stack-below.ts';

/** A place in the code, remembered now and worked out when somebody asks: taking it costs about a microsecond. */
export type CallSite = { toString(): string };

const FRAMES = 24;
const NOT_NOTED: CallSite = { toString: () => 'a place that was not noted' };
let noted = true;
const KIT = /[\\/]libs[\\/]testing[\\/](?!.*\.(spec|fixture)\.ts)/;
/** Stands between the kit and whatever it calls in a test's context. */
const CONTEXT = /^\s+at AsyncLocalStorage\.run \(node:/;
const PACKAGES = /[\\/]node_modules[\\/]/;

/**
 * Where the code that is running now was called from: the nearest frame, awaiting frames included, that belongs neither to
 * the test kit, nor to a package, nor to Node. `below` leaves out that function and everything it called.
 */
export function callSite(below?: (...args: never[]) => unknown): CallSite {
  if (!noted) return NOT_NOTED;
  const taken = stackBelow(below ?? callSite, FRAMES);
  let place: string | undefined;
  return { toString: () => (place ??= nearestOwn(taken.stack ?? '')) };
}

/**
 * Does `work` without noting places: for what is done many thousand times, and done once more where somebody wants to know
 * them. Concerns all code of the process that runs meanwhile.
 */
export async function withoutPlaces<T>(work: () => Promise<T>): Promise<T> {
  noted = false;
  try {
    return await work();
  } finally {
    noted = true;
  }
}

/** The nearest frame of one's own code in a stack trace, as `function (file:line:column)` from the working directory. */
export function nearestOwn(stack: string): string {
  const frames = stack.split('\n').slice(1).map(frameOf);
  const own = frames.find((frame) => frame !== undefined && isOwn(frame.file));
  return own === undefined ? 'an unknown place' : spoken(own);
}

/** A stack trace without the frames of the test kit; as it is where no code of one's own is left. */
export function withoutKitFrames(stack: string): string {
  const lines = stack.split('\n');
  const kept = lines.filter((line) => !KIT.test(frameOf(line)?.file ?? '') && !CONTEXT.test(line));
  return tellsOwnCode(stack) ? kept.join('\n') : stack;
}

/** Whether a frame in it belongs to code of one's own. */
export function tellsOwnCode(stack: string): boolean {
  return stack.split('\n').some((line) => isOwn(frameOf(line)?.file ?? 'node:'));
}

type Frame = { readonly name: string; readonly file: string; readonly position: string };

function frameOf(line: string): Frame | undefined {
  const [, name, place] = /^\s*at (?:async )?(?:(.*) \()?(.*?)\)?$/.exec(line) ?? [];
  const [, file, position] = /^(.*?):(\d+:\d+)$/.exec(place ?? '') ?? [];
  if (file === undefined || position === undefined) return undefined;
  return { name: name ?? '', file: file.startsWith('file:') ? fileURLToPath(file) : file, position };
}

function isOwn(file: string): boolean {
  return !file.startsWith('node:') && !isBuiltin(file) && !KIT.test(file) && !PACKAGES.test(file);
}

function spoken({ name, file, position }: Frame): string {
  const place = `${relative(process.cwd(), file)}:${position}`;
  return name === '' ? place : `${name} (${place})`;
}
