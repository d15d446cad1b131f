import { expect } from 'chai';

describe('a suite with set-up of its own', () => {
  let opened = 0;
  beforeEach(() => { // ✗ lockstep/no-own-setup: "beforeEach" is set-up of its own: what it opened leaks
    opened += 1;
  });

  it('inherits what others left', () => {
    expect(opened).to.be.above(0);
  });
});
