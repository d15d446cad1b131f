import { parseId } from '#kernel';
import { expect } from 'chai';
import { idSchema } from './id-schema.ts';

const lower = '0199d3a0-0000-7000-8000-00000000000a';

describe('idSchema', () => {
  it('reads upper and lower case as the same id, which is one to the kernel too', () => {
    const read = [lower, lower.toUpperCase()].map((text) => idSchema<'Thing'>().parse(text));

    expect(read).to.deep.equal([lower, lower]);
    expect(parseId(lower)).to.deep.equal({ ok: true, value: lower });
  });

  it('reads nothing else', () => {
    const read = ['', 'x', ` ${lower}`, `{${lower}}`, lower.slice(1)].map((text) => idSchema().safeParse(text).success);

    expect(read).to.deep.equal([false, false, false, false, false]);
  });
});
