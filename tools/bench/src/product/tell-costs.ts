import { ownCosts } from './costs.ts';

/** Loaded before the program of a process: tells whoever started it what it has used, when asked. */
process.on('message', (message) => {
  if (message === 'costs') process.send?.(ownCosts());
});
