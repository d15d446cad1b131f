import { PassThrough } from 'node:stream';
import { AsyncTestBase } from '#testing/lifecycle';
import { Command } from 'commander';
import { expect } from 'chai';
import { run } from '../testing/lockstep-test.ts';
import { addServiceCommands } from './service-commands.ts';

const t = AsyncTestBase.install();

function leaves(command: Command, path: readonly string[] = []): { path: readonly string[]; command: Command }[] {
  if (command.commands.length === 0) return [{ path, command }];
  return command.commands.flatMap((one) => leaves(one, [...path, one.name()]));
}

function all(): ReturnType<typeof leaves> {
  const program = new Command();
  addServiceCommands(program, async () => {});
  return leaves(program);
}

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => void (text += part) }).outputHelp();
  return text;
}

describe('the commands of the service', () => {
  it('say what they do and have an example of themselves, and JSON for programs', () => {
    const commands = all();

    const lacking = commands.filter(({ path, command }) => {
      const help = helpOf(command);
      return (
        !help.includes(`npm run lockstep -- ${path.join(' ')}`) || !help.includes('--json') || !command.description()
      );
    });
    expect(commands.length).to.be.above(25);
    expect(lacking.map(({ path }) => path.join(' '))).to.deep.equal([]);
  });

  it('take no secret as an argument', () => {
    const flags = all().flatMap(({ command }) => command.options.map(({ flags: one }) => one));

    const secret = flags.filter((one) => /password|passphrase|key|secret|token/.test(one) && !/-file <file>/.test(one));
    expect(secret).to.deep.equal([]);
  });

  const mistakes = {
    'an unknown command': ['device', 'frobnicate'],
    'an option that is missing': ['device', 'add', 'core-1', '--model', 'ios', '--username', 'u'],
    'a limit that is none': ['device', 'list', '--limit', 'many'],
    'a state that is none': ['job', 'list', '--state', 'bad'],
    'an id that is none': ['job', 'show', '17'],
    'no devices': ['backup', 'run'],
    'names and a selection': ['backup', 'run', 'core-1', '--all'],
    'all and some': ['backup', 'run', '--all', '--model', 'ios'],
    'no time': ['schedule', 'add', 'nightly', '--all'],
    'two times': ['schedule', 'add', 'nightly', '--all', '--daily', '02:30', '--every', '1h'],
    'nothing to do': ['schedule', 'add', 'nightly', '--daily', '02:30'],
    'a file that is not there': ['device', 'import', '/nonexistent/devices.csv'],
  };

  for (const [name, args] of Object.entries(mistakes)) {
    it(
      `refuse ${name} with 2 and a sentence, before they look for a database`,
      t.test(async ({ signal }) => {
        const [out, err] = [new PassThrough(), new PassThrough()];
        const config = () => Promise.reject(new Error('It looked for a database.'));

        const code = await run(args, { env: {}, in: new PassThrough(), out, err, interrupted: signal, config });

        const said = String(err.read() ?? '');
        expect(code, said).to.equal(2);
        expect(said).to.match(/\S+/).and.not.include('database');
        expect(out.read()).to.equal(null);
      }),
    );
  }
});
