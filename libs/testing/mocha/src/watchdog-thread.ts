/** What both threads know: the beat and the limit in milliseconds (0: none), and the global function that ends the process. */
export type Watched = { readonly memory: SharedArrayBuffer; readonly call: string };

export const BEAT_MS = 200;

/**
 * Runs in the watching thread, from its source text: it can use nothing from this module. Counts its own ticks rather than
 * time, because a machine that is asleep or overloaded holds up both threads.
 */
export function watchFromOutside(beatMs: number): void {
  const { workerData } = process.getBuiltinModule('node:worker_threads') as { workerData: Watched };
  const { Session } = process.getBuiltinModule('node:inspector');
  const { writeSync } = process.getBuiltinModule('node:fs');
  const memory = new Int32Array(workerData.memory);
  const patienceMs = 2_000;
  let beat = -1;
  let missed = 0;

  const ticks = setInterval(() => {
    const now = Atomics.load(memory, 0);
    const limit = Atomics.load(memory, 1);
    missed = now === beat ? missed + beatMs : 0;
    beat = now;
    if (limit === 0 || missed <= limit + beatMs) return;
    clearInterval(ticks);
    end(missed);
  }, beatMs);

  function end(milliseconds: number): void {
    const session = new Session();
    const files = new Map<string, string>();
    session.on('Debugger.scriptParsed', ({ params }) => files.set(params.scriptId, params.url));
    session.on('Debugger.paused', ({ params: { callFrames } }) => {
      const lines = callFrames.map(({ functionName, location: { scriptId, lineNumber, columnNumber = 0 } }) => {
        const place = `${files.get(scriptId) || 'unknown'}:${lineNumber + 1}:${columnNumber + 1}`;
        return `    at ${functionName || '<anonymous>'} (${place})`;
      });
      const own = lines.filter((line) => !line.includes('(node:')).slice(0, 12);
      const expression = `globalThis[${JSON.stringify(workerData.call)}](${JSON.stringify(own.join('\n'))}, ${milliseconds})`;
      session.post('Debugger.evaluateOnCallFrame', { callFrameId: callFrames[0]!.callFrameId, expression });
    });
    session.connectToMainThread();
    session.post('Debugger.enable');
    session.post('Debugger.pause');
    // Native code, such as a child process that is waited for synchronously, cannot be looked into, nor interrupted.
    setTimeout(() => {
      writeSync(
        2,
        `\nThe thread has been held for ${milliseconds / 1000} s by native code that cannot be looked into.\n`,
      );
      process.kill(process.pid, 'SIGKILL');
    }, patienceMs);
  }
}
