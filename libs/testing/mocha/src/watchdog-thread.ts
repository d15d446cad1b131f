/**
 * What both threads know: the beat and the limit in milliseconds (0: none), the title of the running test, and the name of
 * the global function that ends the process. It is called with the frames, how long the thread has been held, and whether it has to end whatever they tell.
 */
export type Watched = { readonly memory: SharedArrayBuffer; readonly title: SharedArrayBuffer; readonly call: string };

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
  const grace = 1_500; // what is slow, and ends, is for Mocha to fail
  const patience = 50; // ticks
  const nativeSilence = 5; // ticks
  let comebacks = 3;
  const mostLooks = 200;
  const lookMs = 2;
  let beat = -1;
  watch();

  function watch(): void {
    let missed = 0;
    const ticks = setInterval(() => {
      const now = Atomics.load(memory, 0);
      const limit = Atomics.load(memory, 1);
      missed = now === beat ? missed + beatMs : 0;
      beat = now;
      if (limit === 0 || missed <= limit + grace) return;
      clearInterval(ticks);
      end(missed);
    }, beatMs);
  }

  function end(milliseconds: number): void {
    const session = new Session();
    const files = new Map<string, string>();
    let silent = 0;
    let longestSilence = 0;
    let looks = 0;
    session.on('Debugger.scriptParsed', ({ params }) => {
      silent = 0;
      files.set(params.scriptId, params.url);
    });
    session.on('Debugger.paused', ({ params: { callFrames } }) => {
      // It has gone on, or native code has just come back, such as a child process that was waited for.
      const wasNative = longestSilence >= nativeSilence;
      const isBack = Atomics.load(memory, 0) !== beat || (wasNative && comebacks > 0);
      if (wasNative) comebacks -= 1;
      [silent, longestSilence] = [0, 0];
      if (isBack) {
        clearInterval(silence);
        session.removeAllListeners('Debugger.resumed');
        session.disconnect();
        watch();
        return;
      }
      const lines = callFrames.map(({ functionName, location: { scriptId, lineNumber, columnNumber = 0 } }) => {
        const place = `${files.get(scriptId) || 'unknown'}:${lineNumber + 1}:${columnNumber + 1}`;
        return `    at ${functionName || '<anonymous>'} (${place})`;
      });
      const frames = lines.filter((line) => !line.includes('(node:')).slice(0, 12);
      looks += 1;
      const args = [frames.join('\n'), milliseconds, looks === mostLooks].map((value) => JSON.stringify(value));
      const expression = `globalThis[${JSON.stringify(workerData.call)}](${args})`;
      // It comes back where there is no code of one's own, as between two microtasks; a moment later there is.
      session.post('Debugger.evaluateOnCallFrame', { callFrameId: callFrames[0]!.callFrameId, expression }, () =>
        session.post('Debugger.resume'),
      );
    });
    // Not before: a thread that still stands takes no order to stand.
    session.on('Debugger.resumed', () => void setTimeout(() => session.post('Debugger.pause'), lookMs));
    session.connectToMainThread();
    session.post('Debugger.enable');
    session.post('Debugger.pause');
    // Native code, such as a child process that is waited for synchronously, cannot be looked into, nor interrupted.
    const silence = setInterval(() => {
      silent += 1;
      longestSilence = Math.max(longestSilence, silent);
      if (silent < patience) return;
      const seconds = ((milliseconds + silent * beatMs) / 1000).toFixed(1);
      const title = Buffer.from(workerData.title).toString().split('\0')[0];
      const what = title === '' ? 'Code outside of every test' : `"${title}"`;
      writeSync(2, `\n${what} has held the thread for ${seconds} s by native code that cannot be looked into.\n`);
      process.kill(process.pid, 'SIGKILL');
    }, beatMs);
  }
}
