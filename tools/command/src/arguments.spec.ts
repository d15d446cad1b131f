import { expect } from 'chai';
import sinon from 'sinon';
import { commandArguments } from './arguments.ts';

const options = { fresh: { type: 'boolean', default: false } } as const;

/** Calls it as a command would, and stops where the process would have ended. */
function endOf(words: string[]): { code: unknown; said: string } {
  const ended = new Error('ended');
  const exit = sinon.stub(process, 'exit').throws(ended);
  const out = sinon.stub(console, 'log');
  const error = sinon.stub(console, 'error');
  try {
    expect(() => commandArguments('THE HELP', options, words)).to.throw(ended);
    return { code: exit.firstCall.args[0], said: [...out.args, ...error.args].flat().join('\n') };
  } finally {
    sinon.restore();
  }
}

describe('commandArguments', () => {
  it('reads options and words', () => {
    const { values, positionals } = commandArguments('THE HELP', options, ['--fresh', 'devices-domain']);

    expect(values.fresh).to.equal(true);
    expect(positionals).to.deep.equal(['devices-domain']);
  });

  it('prints the help when asked for it, and ends well', () => {
    expect(endOf(['--help'])).to.deep.equal({ code: 0, said: 'THE HELP' });
  });

  it('says what it cannot make sense of, prints the help and ends with 2', () => {
    const { code, said } = endOf(['--frsh']);

    expect(code).to.equal(2);
    expect(said).to.match(/--frsh[^]*THE HELP/);
  });
});
