import { expect } from 'chai';
import { expectCollected } from './expect-collected.ts';
import { verdict } from './fixtures/verdict.ts';

const HERE = /expect-collected\.spec\.ts:\d+:\d+/;

describe('expectCollected', () => {
  it('names an instance that something still refers to', async () => {
    class Session {}
    const cache: Session[] = [];

    const forgotten = await verdict(() => void expectCollected(new Session()));
    const kept = await verdict(() => cache.push(expectCollected(new Session())));

    expect(forgotten).to.equal('clean');
    expect(cache).to.have.length(1);
    expect(kept).to.include('- a live instance of Session, ').and.match(HERE);
  });
});
