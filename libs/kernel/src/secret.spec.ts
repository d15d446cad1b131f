import { inspect } from 'node:util';
import { expect } from 'chai';
import { Secret } from './secret.ts';

describe('Secret', () => {
  const secret = new Secret('hunter2');

  it('is read only on purpose', () => {
    expect(secret.reveal()).to.equal('hunter2');
  });

  it('is redacted wherever it is printed', () => {
    const printed = [
      `${secret}`,
      String(secret),
      JSON.stringify({ secret }),
      inspect({ secret }, { showHidden: true }),
    ];

    expect(printed.join('\n')).not.to.include('hunter2');
    expect(printed.every((text) => text.includes('[redacted]'))).to.equal(true);
  });
});
