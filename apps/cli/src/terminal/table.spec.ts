import { expect } from 'chai';
import { table } from './table.ts';

describe('table', () => {
  it('aligns columns, numbers to the right', () => {
    const text = table(
      ['device', 'bytes'],
      [
        ['core-1', '12'],
        ['edge-router', '3456'],
      ],
    );

    expect(text.split('\n')).to.deep.equal([
      'device       bytes',
      '-----------  -----',
      'core-1          12',
      'edge-router   3456',
    ]);
  });

  it('shows its header when there is nothing else to show', () => {
    expect(table(['device', 'bytes'], [])).to.equal('device  bytes\n------  -----');
  });
});
