import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { only, replayLine, testId, tokenAskedOf, type ReplayKind } from './replay.ts';

const test = { title: 'A seat is given once', file: '/somewhere/src/seats.spec.ts' };
const kind: ReplayKind = { variable: 'LOCKSTEP_TEST_ORDER', what: 'an order', example: '4b9c' };
const asked = (value?: string): string | undefined => tokenAskedOf(test, kind, { LOCKSTEP_TEST_ORDER: value });

describe('The token of one run among many', () => {
  it('is asked for by the line that is printed, wherever the repository lies', () => {
    const line = replayLine({ ...test, file: '/home/ada/seats.spec.ts' }, kind, '2b');

    const [, value] =
      /^LOCKSTEP_TEST_ORDER=(\S+) npx mocha \S+seats\.spec\.ts -g '\^A seat is given once\$'$/.exec(line) ?? [];
    expect(asked(value)).to.equal('2b');
  });

  it('names its test for a shell as it is', () => {
    const title = "costs $5 (it's `id -u`)?";

    const quoted = only({ title });

    expect(quoted).to.equal("'^costs \\$5 \\(it'\\''s `id -u`\\)\\?$'");
    const pattern = execFileSync('sh', ['-c', `printf %s ${quoted}`], { encoding: 'utf8' });
    expect(new RegExp(pattern).test(title)).to.equal(true);
    expect(new RegExp(pattern).test(`${title} twice`)).to.equal(false);
  });

  it('is not asked for where the environment says nothing', () => {
    expect([asked(), asked('')]).to.deep.equal([undefined, undefined]);
  });

  it('is refused where it is none', () => {
    expect(() => asked('2b')).to.throw(`"2b", which is not an order: one looks like ${testId(test)}.4b9c`);
  });

  it('is refused by every other test', () => {
    expect(() => asked('00000000.2b')).to.throw('an order of another test than this one');
  });
});
