import { clockContract, ManualClock } from '#kernel/testing';
import { QuietPasses } from './quiet-passes.ts';

clockContract.holdsFor(QuietPasses, () => {
  const clock = new ManualClock();
  return { clock: new QuietPasses(clock), pass: (milliseconds) => clock.advance(milliseconds) };
});
