import { outsideTests } from '#testing/runtime';
import { expect } from 'chai';
import { EventEmitter } from 'node:events';
import { verdict } from './fixtures/verdict.ts';
import { watchEmitter } from './watch-emitter.ts';

const HERE = /watch-emitter\.spec\.ts:\d+:\d+/;

describe('The leak ledger of listeners', () => {
  it('names a listener on the process, with its event', async () => {
    const listener = (): void => {};

    const said = await verdict(() => void process.on('SIGUSR2', listener));
    process.off('SIGUSR2', listener);

    expect(said).to.include('- a listener of "SIGUSR2" on process, ').and.match(HERE);
  });

  it('counts a listener that was there before the test as nobody’s', async () => {
    const bus = new EventEmitter();
    const listener = (): void => {};
    watchEmitter(bus, 'the bus');
    outsideTests(() => bus.on('news', listener));

    const removed = await verdict(() => bus.on('news', listener).off('news', listener));
    const left = await verdict(() => void bus.on('news', listener));

    expect(removed).to.equal('clean');
    expect(left).to.include('- a listener of "news" on the bus, ');
  });

  it('does not take a listener for new that was there before and is put back', async () => {
    const bus = new EventEmitter();
    const listener = (): void => {};
    bus.on('news', listener);
    watchEmitter(bus, 'the bus');

    const said = await verdict(() => void bus.off('news', listener).on('news', listener));

    expect(said).to.equal('clean');
  });

  it('does not take a listener of a hook for new when a test puts it back', async () => {
    const bus = new EventEmitter();
    const listener = (): void => {};
    watchEmitter(bus, 'the bus');
    outsideTests(() => bus.on('news', listener));

    const putBack = await verdict(() => void bus.off('news', listener).on('news', listener));
    const twice = await verdict(() => void bus.off('news', listener).on('news', listener).on('news', listener));

    expect(putBack).to.equal('clean');
    expect(twice).to.include('- a listener of "news" on the bus, ');
  });

  it('does not mind what waits for the end of the process', async () => {
    const listener = (): void => {};

    const said = await verdict(() => void process.on('exit', listener).on('beforeExit', listener));
    process.off('exit', listener).off('beforeExit', listener);

    expect(said).to.equal('clean');
  });
});
