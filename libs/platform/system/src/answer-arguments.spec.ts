import { expect } from 'chai';
import { answerArguments } from './answer-arguments.ts';

describe('answerArguments', () => {
  it('has nothing to say to a program without arguments', () => {
    expect(answerArguments([], 'help')).to.equal(null);
  });

  for (const given of [['--help'], ['-h'], ['--port', '--help']]) {
    it(`helps who asks for it with ${given.join(' ')}`, () => {
      expect(answerArguments(given, 'help')).to.deep.equal({ text: 'help', exitCode: 0 });
    });
  }

  it('names the argument that it does not know', () => {
    expect(answerArguments(['--port', '80'], 'help')).to.deep.equal({
      text: 'There is no argument "--port".\n\nhelp',
      exitCode: 2,
    });
  });
});
