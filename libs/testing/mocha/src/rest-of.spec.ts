import { expect } from 'chai';
import { restOf } from './rest-of.ts';

/** A process with so many resources, each time it is asked. */
function aProcess(...counts: readonly number[]): { asked: number; getActiveResourcesInfo(): string[] } {
  return {
    asked: 0,
    getActiveResourcesInfo() {
      this.asked += 1;
      return Array.from({ length: counts[this.asked - 1] ?? counts.at(-1)! }, () => 'Timeout');
    },
  };
}

describe('The end of a run', () => {
  it('waits in a worker until nothing is left but what was there before, and its own time limit', async () => {
    const process = aProcess(2, 5, 4, 3);

    await restOf(process)(true);

    expect(process.asked).to.equal(4);
  });

  it('does not wait in a process that lives on by itself', async () => {
    const process = aProcess(2, 5);

    await restOf(process)(false);

    expect(process.asked).to.equal(1);
  });

  it('lets come what is on its way', async () => {
    let come = false;
    setImmediate(() => (come = true));

    await restOf(aProcess(0))(false);

    expect(come).to.equal(true);
  });
});
