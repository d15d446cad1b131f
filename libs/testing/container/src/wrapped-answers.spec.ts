import { ok } from '#kernel';
import { expect } from 'chai';
import { MemoryPeople, Session, wrapping } from './fixtures/wrapping.ts';

describe('What a port answers', () => {
  it('wraps what an answer holds, be it a result, a list or the answer itself', async () => {
    const { wrapper, heard } = wrapping();
    const port = wrapper.port(
      {
        open: async () => new Session(),
        tryToOpen: async () => ok(new Session()),
        openAll: async () => [new Session()],
      },
      'Line',
    );

    await (await port.open()).send();
    await (await port.tryToOpen()).value.send();
    for (const session of await port.openAll()) await session.send();

    expect(heard().filter((what) => what.endsWith('.send'))).to.deep.equal([
      'Session.send',
      'Session.send',
      'Session.send',
    ]);
  });

  it('names a literal that is answered by the call that answers it', async () => {
    const { wrapper, heard } = wrapping();
    const port = wrapper.port({ join: () => ({ hold: async () => {} }) }, 'Jobs');

    await port.join().hold();

    expect(heard()).to.deep.equal(['Jobs.join', 'Jobs.join.hold']);
  });

  it('wraps a function that is answered and answers later, such as one that gives something back', async () => {
    const { wrapper, heard } = wrapping();
    const given: string[] = [];
    const port = wrapper.port({ acquire: async () => async (): Promise<void> => void given.push('back') }, 'Locks');

    const giveBack = await port.acquire();
    await giveBack();

    expect(heard()).to.deep.equal(['Locks.acquire', 'Locks.acquire()']);
    expect(given).to.deep.equal(['back']);
  });

  it('wraps stores that lie deeper in an answer, and gives the adapter its own in options', async () => {
    const { wrapper, heard } = wrapping();
    const people = new MemoryPeople();
    const port = wrapper.port(
      {
        begin: async () => ({ stores: { people } }),
        isOwn: (options: { readonly people: MemoryPeople }) => options.people === people,
      },
      'Work',
    );

    const { stores } = await port.begin();
    await stores.people.find('Ada');

    expect(heard()).to.deep.equal(['Work.begin', 'People.find']);
    expect(stores.people).to.not.equal(people);
    expect(port.isOwn({ people: stores.people })).to.equal(true);
  });
});
