import { expect } from 'chai';
import { routerosExport } from './routeros-export.ts';

const HEADER = '# 2026-01-05 09:00:00 by RouterOS 7.16\n';

describe('An export', () => {
  it('begins with its header', () => {
    expect(routerosExport.flaw(`${HEADER}/ip dns\nset servers=192.0.2.1\n`)).to.equal(null);
    expect(routerosExport.flaw('# jan/05/2026 09:00:00 by RouterOS 6.49\n')).to.equal(null);
    expect(routerosExport.flaw('/ip dns\n')).to.be.a('string');
    expect(routerosExport.flaw('')).to.be.a('string');
  });

  it('does not end where a statement goes on', () => {
    expect(routerosExport.flaw(`${HEADER}add address=192.0.2.1/24 network=\\\n`)).to.be.a('string');
  });
});
