import { expect } from 'chai';
import { verdictTable, type Verdict } from './verdict-table.ts';

const aVerdict = (given: Partial<Verdict>): Verdict => ({
  id: 'K1',
  claim: 'nothing is lost',
  target: '12 of 12',
  passed: true,
  measured: '12 of 12',
  peers: [],
  milliseconds: 1,
  ...given,
});

describe('The table of verdicts', () => {
  it('has a row for each goal, with its peers below each other', () => {
    const peers = [
      { name: 'Mocha', measured: '4 of 12' },
      { name: 'Mocha, strict', measured: '5 of 12' },
    ];

    const lines = verdictTable([aVerdict({ peers })]);

    expect(lines.map((line) => line.replaceAll(/ {2,}/g, ' | '))).to.deep.equal([
      'goal | target | measured | peers | verdict',
      `${'-'.repeat(6)} | ${'-'.repeat(40)} | ${'-'.repeat(34)} | ${'-'.repeat(38)} | ${'-'.repeat(7)}`,
      'K1 | 12 of 12 | 12 of 12 | Mocha: 4 of 12 | passed',
      ' | Mocha, strict: 5 of 12',
    ]);
  });

  it('wraps what is too long for its column', () => {
    const lines = verdictTable([aVerdict({ target: 'every shape ends the run non-zero, by its name and no other' })]);

    expect(lines[2]).to.match(/^K1 {6}every shape ends the run non-zero, by {2,}12 of 12/);
    expect(lines[3]).to.equal('        its name and no other');
  });

  it('says why a goal was not reached, and only then', () => {
    const details = ['the third shape: did not name the test'];

    const reached = verdictTable([aVerdict({ details })]).join('\n');
    const missed = verdictTable([aVerdict({ details, passed: false })]).join('\n');

    expect(reached).not.to.include('the third shape');
    expect(missed).to.include('FAILED').and.include('✗ K1 nothing is lost\n    the third shape: did not name the test');
  });
});
