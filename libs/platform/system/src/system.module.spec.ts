import { Clock, Ids } from '#kernel';
import { expect } from 'chai';
import { Container } from 'inversify';
import { SystemClock } from './system-clock.ts';
import { systemModule } from './system.module.ts';
import { UuidIds } from './uuid-ids.ts';

describe('systemModule', () => {
  it('binds one clock and one maker of ids', () => {
    const container = new Container();

    container.load(systemModule());

    expect(container.get(Clock)).to.be.instanceOf(SystemClock).and.to.equal(container.get(Clock));
    expect(container.get(Ids)).to.be.instanceOf(UuidIds).and.to.equal(container.get(Ids));
  });
});
