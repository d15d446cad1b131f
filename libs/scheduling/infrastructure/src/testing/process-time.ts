import type { Clock, Deadline } from '#kernel';

/** The clock of one process of the application: when that has died, none of its deadlines rings any more. */
export function processTime(clock: Clock): { readonly clock: Clock; readonly isOver: boolean; end(): void } {
  const open = new Set<Deadline>();
  let isOver = false;
  return {
    clock: {
      now: () => clock.now(),
      sleep: async (milliseconds, signal) => clock.sleep(milliseconds, signal),
      deadline: (milliseconds, parent) => {
        const deadline = clock.deadline(milliseconds, parent);
        open.add(deadline);
        const dispose = (): void => {
          open.delete(deadline);
          deadline[Symbol.dispose]();
        };
        return { signal: deadline.signal, [Symbol.dispose]: dispose };
      },
    },
    get isOver() {
      return isOver;
    },
    end: () => {
      isOver = true;
      for (const deadline of open) deadline[Symbol.dispose]();
    },
  };
}
