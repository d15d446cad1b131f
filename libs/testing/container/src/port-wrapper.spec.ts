import { openCalls } from '#testing/runtime';
import { expect } from 'chai';
import { currentCall } from './port-call.ts';
import { Entity, MemoryPeople, MemoryStores, People, Stores, wrapping } from './fixtures/wrapping.ts';

describe('PortWrapper', () => {
  it('leaves `this` to the adapter, and its private state, and its calls of itself', async () => {
    const { wrapper, heard } = wrapping();
    const people = wrapper.port(new MemoryPeople(), People);

    await people.twice('Ada');

    expect(people.size).to.equal(2);
    expect(heard()).to.deep.equal(['People.twice']);
  });

  it('keeps the class of an adapter, and its identity among wrapped ones', () => {
    const { wrapper } = wrapping();
    const adapter = new MemoryPeople();
    const people = wrapper.port(adapter, People);

    expect(people).to.be.instanceOf(MemoryPeople);
    expect(people.constructor).to.equal(MemoryPeople);
    expect(wrapper.port(adapter, People)).to.equal(people);
    expect(wrapper.port(people, People)).to.equal(people);
    expect(people.itself()).to.equal(people);
    expect(people.find).to.equal(people.find);
  });

  it('gives an adapter that is an argument back to its like as it is', () => {
    const { wrapper } = wrapping();
    const people = wrapper.port(new MemoryPeople(), People);

    expect(people.holds(people)).to.equal(true);
  });

  it('wraps the stores that a transaction hands to its work, and knows what they are called in', async () => {
    const { wrapper, heard, calls } = wrapping();
    const transaction = wrapper.port<Stores>(new MemoryStores(), Stores);

    const found = await transaction.run(({ people }) => people.find('Ada'));

    expect(heard()).to.deep.equal(['Stores.run', 'People.find']);
    expect(calls[1]?.within?.what).to.equal('Stores.run');
    expect(calls[1]?.isOf(People)).to.equal(true);
    expect(calls[1]?.isOf(Stores)).to.equal(false);
    expect(found.isLike(new Entity('Ada'))).to.equal(true);
  });

  it('leaves entities, values, streams and what comes with the language alone', async () => {
    const { wrapper } = wrapping();
    const ofTheLanguage = [new Map(), Buffer.from('x'), new Date(0), new AsyncDisposableStack(), new ReadableStream()];
    const answers = [new Entity('Ada'), { name: 'Ada' }, [1], process.stdin, ...ofTheLanguage];
    const port = wrapper.port({ answer: async (index: number) => answers[index] }, 'Port');

    for (const index of answers.keys()) expect(await port.answer(index)).to.equal(answers[index]);
  });

  it('lets a session be released by the language', async () => {
    const { wrapper } = wrapping();
    const released: string[] = [];
    const session = { send: async () => {}, [Symbol.asyncDispose]: async () => void released.push('session') };
    const port = wrapper.port({ open: async () => session }, 'Line');

    {
      await using opened = await port.open();
      await opened.send();
    }

    expect(released).to.deep.equal(['session']);
  });

  it('counts each item that is asked of an iteration', async () => {
    const { wrapper, heard } = wrapping();
    const people = wrapper.port(new MemoryPeople(), People);

    const items = await Array.fromAsync(people.watch());

    expect(items).to.deep.equal([1, 2]);
    expect(heard()).to.deep.equal(['People.watch', 'People.watch.next', 'People.watch.next', 'People.watch.next']);
  });

  it('wraps functions that are ports, frozen objects and literals', async () => {
    const { wrapper, heard } = wrapping();
    const now = wrapper.port(() => 7, 'Now');
    const frozen = wrapper.port(Object.freeze({ now: () => 8 }), 'Frozen');

    expect([now(), frozen.now()]).to.deep.equal([7, 8]);
    expect(heard()).to.deep.equal(['Now', 'Frozen.now']);
  });

  it('lets a method fail that was torn off its object, as it does without the kit', async () => {
    const { wrapper } = wrapping();
    const { find } = wrapper.port(new MemoryPeople(), People);

    const failure = await find('Ada').catch((error: unknown) => error);

    expect(failure).to.be.instanceOf(TypeError);
  });

  it('lets a callback be known again by the adapter', () => {
    const { wrapper } = wrapping();
    const listeners = new Set<() => void>();
    const port = wrapper.port(
      {
        on: (listener: () => void) => void listeners.add(listener),
        off: (listener: () => void) => listeners.delete(listener),
      },
      'Bell',
    );
    const listener = (): void => {};

    port.on(listener);

    expect(port.off(listener)).to.equal(true);
  });

  it('is an open call with the line of the caller until it is answered', async () => {
    const { wrapper } = wrapping();
    const answer = Promise.withResolvers<void>();
    const port = wrapper.port({ send: () => answer.promise }, 'Postbox');

    const sending = port.send();
    const during = openCalls().filter(({ what }) => what === 'Postbox.send');
    answer.resolve();
    await sending;

    expect(during.map(({ site }) => String(site))).to.have.length(1);
    expect(String(during[0]?.site)).to.match(/port-wrapper\.spec\.ts:\d+/);
    expect(openCalls().filter(({ what }) => what === 'Postbox.send')).to.deep.equal([]);
  });

  it('tells the adapter and its callbacks which call they are part of', async () => {
    const { wrapper } = wrapping();
    const port = wrapper.port({ run: async (work: () => string | undefined) => [currentCall()?.what, work()] }, 'Port');

    expect(await port.run(() => currentCall()?.what)).to.deep.equal(['Port.run', 'Port.run']);
    expect(currentCall()).to.equal(undefined);
  });

  it('answers in the place of the adapter where an interceptor wants it, and rejects where the adapter would', async () => {
    const refused = new Error('refused');
    const { wrapper } = wrapping(() => {
      throw refused;
    });
    const people = wrapper.port(new MemoryPeople(), People);

    expect(await people.find('Ada').catch((error: unknown) => error)).to.equal(refused);
    expect(people.size).to.equal(0);
  });
});
