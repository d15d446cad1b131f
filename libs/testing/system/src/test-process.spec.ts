import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import { processesMentioning } from './processes-mentioning.ts';
import { TestProcess } from './test-process.ts';

class ProcessTest extends AsyncTestBase {
  run(program: string, options: { channel?: boolean; args?: readonly string[] } = {}): Promise<TestProcess> {
    const { args = [], channel = false } = options;
    return this.use(TestProcess.node(['--eval', program, ...args], { env: {}, channel }));
  }
}

const t = ProcessTest.install();
const FOREVER = 'process.stdin.resume();';

describe('TestProcess', function () {
  this.timeout(20_000);

  it(
    'tells how the program ended, when all that it wrote is there',
    t.test(async (test) => {
      const program = await test.run(`console.log('out'.repeat(30_000)); console.error('err'); process.exitCode = 3`);

      const ending = await program.ended;

      expect(ending).to.equal(3);
      expect(program.written.stdout).to.have.length(90_001);
      expect(program.written.stderr).to.equal('err\n');
    }),
  );

  it(
    'tells that the program has exited while what it started still holds its output',
    t.test(async (test) => {
      const program = await test.run(`
        const forever = ['--eval', 'setInterval(() => {}, 1_000)'];
        const child = require('node:child_process').spawn(process.execPath, forever, { stdio: 'inherit' });
        console.log('started ' + child.pid);
        child.unref();
      `);
      const [, pid] = await program.says(/started (\d+)/, test.signal);
      test.defer(() => process.kill(Number(pid), 'SIGKILL'), 'the end of what the program started');

      const ending = await program.exited;

      expect(ending).to.equal(0);
      expect(process.kill(Number(pid), 0)).to.equal(true);
    }),
  );

  it(
    'gives the program no environment but PATH and what it is told',
    t.test(async (test) => {
      const program = await test.run(`console.log(Object.keys(process.env).join())`);

      await program.ended;

      expect(program.written.stdout).to.equal('PATH\n');
    }),
  );

  it(
    'waits for what the program says, also when it has said it before',
    t.test(async (test) => {
      const program = await test.run(`console.log('listening on 4000'); ${FOREVER}`);

      const [, first] = await program.says(/on (\d+)/, test.signal);
      const [, again] = await program.says(/on (\d+)/, test.signal);

      expect([first, again]).to.deep.equal(['4000', '4000']);
    }),
  );

  it(
    'waits for a message',
    t.test(async (test) => {
      const program = await test.run(`process.on('message', (text) => process.send(text + '!'))`, { channel: true });

      program.send({ toString: () => 'unused', hello: 'you' });
      const answer = await program.message((message) => typeof message === 'string', test.signal);

      expect(answer).to.equal('[object Object]!');
    }),
  );

  it(
    'says what the program was expected to say, and what it wrote, when it ends before that',
    t.test(async (test) => {
      const program = await test.run(`throw new Error('no port left')`);

      const failure = await program.says(/listening/, test.signal).catch((error: Error) => error.message);

      expect(failure)
        .to.match(/expected to say \/listening\/, but it ended \(1\)/)
        .and.to.include('no port left');
    }),
  );

  it(
    'stops waiting when the signal aborts',
    t.test(async (test) => {
      const program = await test.run(FOREVER);
      const reason = new Error('enough');

      const failure = await program.says(/never/, AbortSignal.abort(reason)).catch((error: unknown) => error);

      expect(failure).to.equal(reason);
    }),
  );

  it(
    'leaves no process behind when it is disposed',
    t.test(async (test) => {
      const mark = `test-process-${process.pid}`;
      const program = await test.run(`process.on('SIGTERM', () => {}); console.log('up'); ${FOREVER}`, {
        args: [mark],
      });
      await program.says(/up/, test.signal);
      const before = await processesMentioning(mark);

      await program[Symbol.asyncDispose]();

      expect(before).to.have.length(1);
      expect(await processesMentioning(mark)).to.deep.equal([]);
      expect(await program.ended).to.equal('SIGKILL');
    }),
  );

  for (const first of ['runs', 'has exited']) {
    it(
      `leaves none of its group behind when the first of it ${first}`,
      t.test(async ({ use, signal, eventually }) => {
        const mark = `test-group-${process.pid}-${first}`;
        const others = `require('node:child_process').spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1e3)', '${mark}'], { stdio: 'ignore' }).unref();`;
        const program = await use(
          TestProcess.node(['--eval', `${others} console.log('up'); ${first === 'runs' ? FOREVER : ''}`], {
            env: {},
            detached: true,
          }),
        );
        await program.says(/up/, signal);
        if (first === 'has exited') await program.exited;

        await program[Symbol.asyncDispose]();

        await eventually({
          what: 'the end of the group',
          probe: async () => (await processesMentioning(mark)).length === 0,
        });
        expect(await processesMentioning(mark)).to.deep.equal([]);
      }),
    );
  }

  it(
    'rejects when there is no such program',
    t.test(async ({ use, signal }) => {
      const program = await use(new TestProcess(['/no/such/program'], { env: {} }));

      const failure = await program.says(/anything/, signal).catch((error: Error) => error.message);

      expect(failure).to.include('ENOENT');
    }),
  );
});
