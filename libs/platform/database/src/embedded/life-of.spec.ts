import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { zombie } from '../testing/zombie.ts';
import { lifeOf } from './life-of.ts';

describe('lifeOf', () => {
  it('stays the same as long as the process lives', async () => {
    const life = await lifeOf(process.pid);

    expect(life).to.be.a('string');
    expect(await lifeOf(process.pid)).to.equal(life);
  });

  it('is over with the process', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');

    expect(await lifeOf(child.pid ?? 0)).to.equal(undefined);
  });

  it('is over for a zombie, which only its parent still remembers', async () => {
    using dead = await zombie();

    expect(await lifeOf(dead.pid)).to.equal(undefined);
  });
});
