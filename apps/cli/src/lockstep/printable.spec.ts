import { expect } from 'chai';
import { printable } from './printable.ts';

describe('printable', () => {
  it('shows what would work a terminal, and leaves lines, tabs and letters as they are', () => {
    expect(printable('a\u001b[2J\u009b1m\r\u0007\tö\n')).to.equal('a\\x1b[2J\\x9b1m\\x0d\\x07\tö\n');
  });
});
