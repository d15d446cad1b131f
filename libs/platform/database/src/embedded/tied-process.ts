import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { ServerUser } from './server-user.ts';

/** A folder that has this file when its program ends is not removed after all. */
export const KEEP_FILE = 'kept';

/**
 * A shell is the program's parent and waits for the end of what it reads from descriptor 3, which only this process
 * holds open: however this process ends, the program is told to stop, and made to if it does not. A folder that was
 * named goes when the program has.
 *
 * The shell reports a program that was killed; nobody may be there to read that, which must not be the shell's end.
 */
const WRAPPER = `
trap '' PIPE
folder=$1; pause=$2; shift 2
"$@" 3<&- & program=$!
(
  trap 'kill "$nap"; exit' TERM
  read -r _
  for signal in INT QUIT KILL; do
    kill -"$signal" "$program" || exit
    sleep "$pause" 3<&- & nap=$!
    wait "$nap"
  done
) <&3 2>/dev/null & watcher=$!
wait "$program"; result=$?
kill "$watcher" 2>/dev/null
[ -z "$folder" ] || [ -e "$folder/${KEEP_FILE}" ] || rm -rf -- "$folder"
exit "$result"`;

export type TiedProcess = {
  readonly pid: number | undefined;
  readonly stderr: Readable;
  /** Settles when the program and its shell are gone, with the exit code, a signal's name or why nothing was started. */
  readonly ended: Promise<number | string>;
  /** Lets go of the program, as the death of this process would. */
  release(): void;
  /** Whether this process stays for it; at first it does. */
  keepsProcess(keeps: boolean): void;
};

export type TiedOptions = {
  readonly user: ServerUser | undefined;
  readonly removeAfterwards?: string;
  /** After this time of not ending the program gets the next, harder signal. 10 when not given. */
  readonly insistAfterSeconds?: number;
};

export function spawnTied(program: string, args: readonly string[], options: TiedOptions): TiedProcess {
  return process.platform === 'win32' ? spawnInJob(program, args) : spawnInShell(program, args, options);
}

function spawnInShell(
  program: string,
  args: readonly string[],
  { user, removeAfterwards = '', insistAfterSeconds = 10 }: TiedOptions,
): TiedProcess {
  const wrapped = ['-c', WRAPPER, 'sh', removeAfterwards, String(insistAfterSeconds), program, ...args];
  const child = spawn('/bin/sh', wrapped, {
    ...user,
    cwd: '/',
    // Nothing of ours: a stray PGPORT or TZ must not change the server. The language decides what it writes when ready.
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
    // A session of its own: the terminal's ctrl-C is for us, and we need the database while we drain.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const leash = child.stdio[3] as Socket;
  leash.on('error', () => {}).resume();
  return { ...handleOf(child, leash), release: () => leash.destroy() };
}

/** Windows puts a child that is not detached into a job that ends with this process. Not tried out on a real one yet. */
function spawnInJob(program: string, args: readonly string[]): TiedProcess {
  const child = spawn(program, args, { windowsHide: true, stdio: ['ignore', 'ignore', 'pipe'] });
  return { ...handleOf(child), release: () => void child.kill() };
}

function handleOf(child: ChildProcess, ...sockets: Socket[]): Omit<TiedProcess, 'release'> {
  const stderr = child.stderr as Socket;
  const { promise: ended, resolve } = Promise.withResolvers<number | string>();
  child.on('error', (error) => resolve(error.message));
  child.on('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  const keepsProcess = (keeps: boolean): void => {
    for (const handle of [child, stderr, ...sockets])
      if (keeps) handle.ref();
      else handle.unref();
  };
  return { pid: child.pid, stderr, ended, keepsProcess };
}
