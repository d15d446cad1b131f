import type { Detector } from '#testing/runtime';
import { LeakError } from './leak-error.ts';
import { close, openOf, owners } from './ledger.ts';
import { watchListen } from './listen-places.ts';
import { watchFiles } from './opened-files.ts';
import { watchHandles } from './resources.ts';
import { settled } from './settled.ts';
import { watchEmitter } from './watch-emitter.ts';

let started = false;

/**
 * A ledger of what each test opens and does not close. A test is judged at its end, when its clean-ups are done. Where hooks
 * of Mocha come later that may close what it opened, and for hooks themselves, which open for others, only the end of the run
 * makes a leak certain; it then fails the one that opened.
 */
export const leaks: Detector = {
  name: 'leaks',
  start() {
    if (started) return;
    started = true;
    watchHandles();
    watchListen();
    watchFiles();
  },
  testBegins() {
    watchEmitter(process, 'process'); // a worker of Mocha's parallel mode removes all listeners after each file
  },
  async testEnds(test) {
    if (test.isFollowedByHooks || test.isJudged) return;
    const left = await settled(() => openOf(test));
    close(test);
    if (left.length > 0) throw new LeakError(left);
  },
  async runEnds() {
    await settled(() => owners().flatMap(openOf));
    for (const test of owners()) {
      const left = openOf(test);
      close(test);
      if (left.length > 0) test.fail(new LeakError(left));
    }
  },
};
