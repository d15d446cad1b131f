import { expect } from 'chai';
import { EventEmitter } from 'node:events';
import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { inTest, onLateFailure, outsideTests, RunningTest, runningTest } from './running-test.ts';

const nextTick = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

describe('A running test', () => {
  it('is known to all that it starts, and to nothing else', async () => {
    const test = new RunningTest({ title: 'one' });
    const around = runningTest();
    const seen: unknown[] = [];
    const note = (): void => void seen.push(runningTest());

    await inTest(test, async () => {
      note();
      await nextTick();
      note();
      await new Promise<void>((resolve) => setImmediate(() => resolve(note())));
      outsideTests(note);
    });

    expect(seen).to.deep.equal([test, test, test, undefined]);
    expect(runningTest()).to.equal(around);
  });

  it('is not guessed where an emitter calls back from elsewhere', () => {
    const test = new RunningTest({ title: 'one' });
    const emitter = new EventEmitter();
    const seen: unknown[] = [];

    inTest(test, () => emitter.on('event', () => seen.push(runningTest())));
    outsideTests(() => emitter.emit('event'));

    expect(seen).to.deep.equal([undefined]);
  });

  it('fails while it runs, and keeps all that was reported', async () => {
    const test = new RunningTest({ title: 'one' });
    const [first, second] = [new Error('first'), new Error('second')];

    test.fail(first);
    test.fail(second);

    expect(test.failures).to.deep.equal([first, second]);
    expect(await test.failure.catch((error: unknown) => error)).to.equal(first);
  });

  it('says on stderr what is reported behind its end where nobody listens', async () => {
    const file = pathToFileURL(join(import.meta.dirname, 'running-test.ts')).href;
    const program = `
      const { RunningTest } = await import(${JSON.stringify(file)});
      const test = new RunningTest({ title: 'one' });
      test.end();
      test.fail(new Error('too late'));`;

    const stderr = await new Promise<string>((resolve) => {
      execFile(process.execPath, ['--input-type=module', '--eval', program], (_error, _stdout, said) => resolve(said));
    });

    expect(stderr).to.match(/"one" failed after it had ended\..*plugin.*\nError: too late/);
  });

  it('hands on what is reported behind its end', () => {
    const test = new RunningTest({ title: 'one' });
    const late: unknown[] = [];
    using _ = onLateFailure((failure) => late.push(failure));
    const error = new Error('too late');

    test.end();
    test.fail(error);

    expect(test.isOver).to.equal(true);
    expect(test.failures).to.deep.equal([]);
    expect(late).to.deep.equal([{ test, error }]);
  });
});
