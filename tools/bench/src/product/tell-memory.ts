import { peakMegabytes } from './peak-memory.ts';

/** Loaded before the program of an app: tells whoever started it what its memory has been, when asked. */
process.on('message', (message) => {
  if (message === 'memory') process.send?.({ kind: 'memory', peakMb: peakMegabytes() });
});
