import { expect } from 'chai';
import { z } from 'zod';
import { CannotRun } from '../commands/outcome.ts';
import { milliseconds, parsed } from './parse.ts';

describe('milliseconds', () => {
  it('reads lengths of time', () => {
    expect(['250ms', '90s', '15m', '2h', '1d'].map((text) => milliseconds(text, 'deadline'))).to.deep.equal([
      250, 90_000, 900_000, 7_200_000, 86_400_000,
    ]);
  });

  for (const text of ['', '10', '0s', '-1s', '1.5h', '1y', '25d', '99999999d']) {
    it(`refuses "${text}", with the name of the option`, () => {
      expect(() => milliseconds(text, 'deadline')).to.throw(CannotRun, '--deadline: write a length of time');
    });
  }
});

describe('parsed', () => {
  const schema = z.strictObject({
    onExisting: z.enum(['skip']).default('skip'),
    limit: z.coerce.number().int().max(9),
  });

  it('leaves to the schema what was not said', () => {
    expect(parsed(schema, { onExisting: undefined, limit: '7' })).to.deep.equal({ onExisting: 'skip', limit: 7 });
  });

  it('names options as they are written, and all that are wrong', () => {
    const wrong = { onExisting: 'x', limit: '10' };

    expect(() => parsed(schema, wrong)).to.throw(CannotRun, /^--on-existing: .+--limit: .+ See --help\.$/);
  });
});
