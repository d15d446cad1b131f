import { expect } from 'chai';
import { lineBelowEcho } from './echo.ts';

const typed = { at: 0, prompt: 'host#', command: 'show running-config' };

describe('The line below an echo', () => {
  it('is the next one where the echo is whole', () => {
    expect(lineBelowEcho(['host#show running-config', 'version 1'], typed)).to.equal(1);
  });

  it('is the next one where there is no echo', () => {
    expect(lineBelowEcho(['host#', 'version 1'], typed)).to.equal(1);
  });

  it('comes after all lines of an echo that was folded', () => {
    expect(lineBelowEcho(['host#show run', 'ning-con', 'fig', 'version 1'], typed)).to.equal(3);
  });

  it('is not known where something else stands', () => {
    expect(lineBelowEcho(['host#$ running-config', 'version 1'], typed)).to.equal(null);
    expect(lineBelowEcho(['version 1'], typed)).to.equal(null);
    expect(lineBelowEcho([], typed)).to.equal(null);
  });
});
