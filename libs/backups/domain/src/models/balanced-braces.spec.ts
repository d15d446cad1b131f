import { expect } from 'chai';
import { balancedBraces } from './balanced-braces.ts';

const whole = 'version 22;\nsystem {\n    host-name r1;\n}\n';

describe('Balanced braces', () => {
  for (const [what, text] of [
    ['nested blocks', 'a {\n  b {\n    c;\n  }\n}\n'],
    ['single statements', 'version 22;\n'],
    ['a brace in a text', 'a {\n  message "a } brace \\" and { another";\n}\n'],
    ['a brace in a comment', 'a {\n  b; ## SECRET-DATA }\n  /* not { closed\n either */\n}\n'],
    ['a comment at the end', 'a {\n  b;\n}\n## Last commit: today\n'],
    ['an apostrophe and a hash in a word', "a {\n  b it's#3;\n}\n"],
  ] as const) {
    it(`are found in ${what}`, () => {
      expect(balancedBraces.flaw(text)).to.equal(null);
    });
  }

  for (const [what, text] of [
    ['nothing', ''],
    ['only a comment', '## Last commit: today\n'],
    ['a block that is not closed', 'a {\n  b;\n'],
    ['a brace too many', 'a;\n}\n'],
    ['half a statement', `${whole}snmp`],
    ['half a text', `${whole}message "a }`],
    ['a text that spans lines', `${whole}message "a\n";\n`],
    ['a text whose last character is masked', `${whole}message "a\\\n";\n`],
    ['quotes that hide the braces between them', 'system {\n message "5;\n}\ninterfaces {\n description "6;\n}'],
    ['a comment that is not closed', `${whole}/* not closed\n`],
    ['a comment that is not closed by its own star', `${whole}/*/ not closed;\n`],
  ] as const) {
    it(`are missed in ${what}`, () => {
      expect(balancedBraces.flaw(text)).to.be.a('string');
    });
  }

  it('are missed at every place inside a block or a statement', () => {
    const accepted = Array.from(whole, (_, end) => end).filter(
      (end) => balancedBraces.flaw(whole.slice(0, end)) === null,
    );

    // Between two statements of the outermost block nothing is open: there the other signs have to tell.
    expect(accepted).to.deep.equal([11, 12, whole.length - 1]);
  });

  it('are judged in linear time', () => {
    const most = 4 * 1024 * 1024;
    const of = (unit: string, length: number): string => unit.repeat(length / unit.length);
    const ordinary = cpuTime(of('set a b;\n#c\n"d";\n', most));
    const hostile = ['/*', '/* *', '"', '"\n', '"\\', '{', ' #', '/', '; /**/'];

    // The square of the time would show in a small text already, and take hours for a large one.
    for (const length of [most / 32, most]) {
      for (const unit of hostile) {
        expect(cpuTime(of(unit, length)), `${length} characters of ${unit}`).to.be.below(10 * ordinary);
      }
    }
  }).timeout(60_000);
});

function cpuTime(text: string): number {
  const started = process.cpuUsage().user;
  balancedBraces.flaw(text);
  return process.cpuUsage().user - started;
}
