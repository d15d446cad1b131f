import { expect } from 'chai';
import { runningTest } from './running-test.ts';
import { releaseShared, shared } from './shared.ts';

describe('shared', () => {
  it('is opened once, by whoever asks first', async () => {
    let opened = 0;
    const resource = shared(
      () => (opened += 1),
      () => {},
    );

    const answers = await Promise.all([resource(), resource()]);
    await releaseShared();

    expect(answers).to.deep.equal([1, 1]);
  });

  it('belongs to no test', async () => {
    const resource = shared(
      async () => {
        await Promise.resolve();
        return runningTest()?.title ?? 'nobody';
      },
      () => {},
    );

    const owner = await resource();
    await releaseShared();

    expect(owner).to.equal('nobody');
  });

  it('is released newest first, though one release fails, and can be opened again', async () => {
    const released: string[] = [];
    const first = shared(
      () => 'first',
      (name) => released.push(name),
    );
    const second = shared(
      () => 'second',
      () => Promise.reject(new Error('it holds on')),
    );
    await first();
    await second();

    const failure = await releaseShared().catch((error: Error) => error.message);
    await first();
    await releaseShared();

    expect(failure).to.equal('it holds on');
    expect(released).to.deep.equal(['first', 'first']);
  });

  it('is tried again after an opening that failed', async () => {
    let tries = 0;
    const resource = shared(
      () => {
        tries += 1;
        if (tries === 1) throw new Error('not yet');
        return tries;
      },
      () => {},
    );

    const failure = await resource().catch((error: Error) => error.message);
    const answer = await resource();
    await releaseShared();

    expect([failure, answer]).to.deep.equal(['not yet', 2]);
  });
});
