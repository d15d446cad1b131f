import { expect } from 'chai';
import Mocha from 'mocha';
import { together } from './together.ts';

/** What Mocha's reporters print of a failed test. */
function printed(err: unknown): string {
  const lines: string[] = [];
  const { Base } = Mocha.reporters;
  const print = Base.consoleLog;
  Base.consoleLog = (...parts: string[]) => void lines.push(parts.join(' '));
  try {
    Base.list([Object.assign(new Mocha.Test('one', () => {}), { err, titlePath: () => ['one'] })]);
  } finally {
    Base.consoleLog = print;
  }
  return lines.join('\n');
}

function theBody(): Error {
  return new Error('the body fails');
}

function theCleanUp(): Error {
  return new Error('a clean-up fails', { cause: theServer() });
}

function theServer(): Error {
  return new Error('the server is gone');
}

describe('Errors that are thrown together', () => {
  it('are the error itself where there is one', () => {
    const error = theBody();

    expect(together([error], 'a headline')).to.equal(error);
  });

  it('are printed by Mocha with the lines of them all, and of their causes', () => {
    const text = printed(together([theBody(), theCleanUp()], 'The test failed twice'));

    expect(text).to.include('The test failed twice: the body fails; a clean-up fails');
    expect(text)
      .to.match(/at theBody \(.*together\.spec\.ts:\d+/)
      .and.match(/at theCleanUp \(.*together\.spec\.ts:\d+/)
      .and.match(/Caused by: Error: the server is gone\s+at theServer \(/);
  });

  it('keep all that there is, also what is no error, and the first as the cause', () => {
    const errors = [theBody(), undefined, 'a text'];

    const all = together(errors) as AggregateError;

    expect(all.errors).to.deep.equal(errors);
    expect(all.cause).to.equal(errors[0]);
    expect(all.message).to.equal("the body fails\nundefined\n'a text'");
  });

  it('may be each other’s cause', () => {
    const [one, other] = [theBody(), theCleanUp()];
    one.cause = other;
    other.cause = one;

    expect((together([one, other]) as Error).stack).to.include('Caused by: Error: a clean-up fails');
  });
});
