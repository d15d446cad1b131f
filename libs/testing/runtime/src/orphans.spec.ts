import { expect } from 'chai';
import { orphans } from './orphans.ts';

describe('The detector of orphans', () => {
  it('says so when something else has taken the process’s uncaught exceptions', () => {
    // It runs in this very process, and is who has taken them.
    expect(process.hasUncaughtExceptionCaptureCallback()).to.equal(true);
    expect(() => orphans.start?.()).to.throw(/Node allows one.*LOCKSTEP_TEST_OFF=orphans/);
  });

  it('listens again where its listener was removed', () => {
    const own = (): readonly NodeJS.UnhandledRejectionListener[] =>
      process.listeners('unhandledRejection').filter(({ name }) => name === 'onRejection');
    const [before] = own();
    process.removeListener('unhandledRejection', before!);

    orphans.testBegins?.(undefined as never);
    orphans.testBegins?.(undefined as never);

    expect(own()).to.deep.equal([before]);
  });
});
