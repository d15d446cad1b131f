import { outsideTests, realTime, type CallSite } from '#testing/runtime';
import type { Holder } from './holder.ts';

const STANDSTILL_MS = 300;

/** Thrown at work that waits for a connection while the only one is held by somebody who does nothing with it. */
export class SecondConnectionNeeded extends Error {
  constructor({ site, query }: Holder, waiter: CallSite) {
    super(
      `${waiter} waits for a second connection, and the pool has one. It is held by ${site}, whose last statement was ` +
        `${query ?? 'none'}. Whoever holds a connection and asks for another one stands still as soon as all are held: pass ` +
        'on the connection, or the manager of the open transaction.',
    );
    this.name = 'SecondConnectionNeeded';
  }
}

/** Calls `act` when the one who holds the connection has done nothing with it for a while of real time. */
export function whenStandingStill(current: () => Holder | undefined, act: (holder: Holder) => void): Disposable {
  const look = (): void => {
    const holder = current();
    const idleMs = holder && holder.unanswered === 0 ? realTime.now() - holder.idleSince : 0;
    if (holder && idleMs >= STANDSTILL_MS) act(holder);
    else timer = realTime.setTimeout(look, STANDSTILL_MS - idleMs + 1);
  };
  let timer = outsideTests(() => realTime.setTimeout(look, STANDSTILL_MS));
  return { [Symbol.dispose]: () => realTime.clearTimeout(timer) };
}
