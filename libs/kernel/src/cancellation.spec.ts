import { expect } from 'chai';
import { getEventListeners } from 'node:events';
import { abortable, isCancellation } from './cancellation.ts';

const stopped = new Error('stopped');

describe('abortable', () => {
  it('settles like the work while nobody aborts', async () => {
    const { signal } = new AbortController();

    expect(await abortable(Promise.resolve(1), signal)).to.equal(1);
    expect(await abortable(Promise.reject(stopped), signal).catch((reason: unknown) => reason)).to.equal(stopped);
  });

  it('stops waiting with the reason, and swallows the late rejection of the work', async () => {
    const controller = new AbortController();
    const work = Promise.withResolvers<number>();

    const waiting = abortable(work.promise, controller.signal).catch((reason: unknown) => reason);
    controller.abort(stopped);
    work.reject(new Error('too late to matter'));

    expect(await waiting).to.equal(stopped);
  });

  it('does not wait at all when the signal has aborted before', async () => {
    const never = new Promise<never>(() => {});

    expect(await abortable(never, AbortSignal.abort(stopped)).catch((reason: unknown) => reason)).to.equal(stopped);
  });

  it('leaves nothing behind on a signal that outlives the work, however that ended', async () => {
    const { signal } = new AbortController();

    await abortable(Promise.resolve(1), signal);
    await abortable(Promise.reject(stopped), signal).catch(() => {});

    expect(getEventListeners(signal, 'abort')).to.deep.equal([]);
  });
});

describe('isCancellation', () => {
  it('knows the reason of the signal, bare or as a cause', () => {
    const signal = AbortSignal.abort(stopped);

    expect(isCancellation(stopped, signal)).to.equal(true);
    expect(isCancellation(new Error('query cancelled', { cause: stopped }), signal)).to.equal(true);
  });

  it('takes no other failure for a cancellation', () => {
    expect(isCancellation(new Error('disk full'), AbortSignal.abort(stopped))).to.equal(false);
    expect(isCancellation(stopped, new AbortController().signal)).to.equal(false);
  });
});
