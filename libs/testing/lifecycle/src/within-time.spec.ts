import { expect } from 'chai';
import { withinTime } from './within-time.ts';

describe('withinTime', () => {
  it('settles like the work that is quick enough', async () => {
    expect(await withinTime(1_000, 'the answer', async () => 42)).to.equal(42);
  });

  it('names what took too long', async () => {
    const late = await withinTime(5, 'the release of a server', () => new Promise(() => {})).catch((e: unknown) => e);

    expect((late as Error).message).to.equal('the release of a server took longer than 5 ms.');
  });
});
