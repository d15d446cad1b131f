import { Command } from 'commander';
import type { Config } from '#platform/config';
import type * as databaseCommands from './commands/database.ts';
import { CannotRun, outcomeOf, type ExitCode } from './commands/outcome.ts';
import type { Replayed } from './commands/replay.ts';
import { addServiceCommands } from './lockstep/service-commands.ts';

// What a command needs is loaded when it is called: help and mistakes are answered at once.

const interruption = new AbortController();
const { signal } = interruption;
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => interruption.abort(new Error(`Interrupted by ${name}.`)));
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const sayToPeople = (line: string): void => void process.stderr.write(`${line}\n`);

const program = new Command('lockstep')
  .description(
    'A network-device configuration backup service. Exit codes: 0 done, 1 something failed, 2 called wrongly.',
  )
  .configureHelp({ showGlobalOptions: true })
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

program
  .command('start')
  .description('run the service with a fleet of simulated devices, and back the fleet up')
  .option('--once', 'end after a second round, for which one device has changed')
  .option('--json', 'print the result as JSON on standard output, and nothing else there; needs --once')
  .action(({ once = false, json = false }: { once?: boolean; json?: boolean }) =>
    finish(async () => {
      if (json && !once) throw new CannotRun('--json prints a result, so it needs a run that ends: add --once.');
      const { start } = await import('./commands/start.ts');
      return start(
        { once, json },
        {
          config: await configuration(),
          env: process.env,
          out: process.stdout,
          err: process.stderr,
          interrupted: signal,
        },
      );
    }),
  );

program
  .command('dev')
  .description('the same as start, and the API and the worker are started again whenever the sources change')
  .action(() =>
    finish(async () => {
      const { start } = await import('./commands/start.ts');
      return start(
        { once: false, json: false, watch: true },
        {
          config: await configuration(),
          env: process.env,
          out: process.stdout,
          err: process.stderr,
          interrupted: signal,
        },
      );
    }),
  );

program
  .command('replay')
  .argument('<folder>', 'a folder of recorded dialogues (*.yaml)')
  .description('play recorded device dialogues to the real SSH collector; 1 if one of them is not proven complete')
  .option('--model <name>', 'the model of all of them; otherwise the file name says it, before `--` or `#`')
  .option('--json', 'print [{ file, model, bytes, complete, reason }] on standard output')
  .action((folder: string, { model, json = false }: { model?: string; json?: boolean }) =>
    finish(async () => {
      const { replay, replayTable } = await import('./commands/replay.ts');
      const { ConfigSource } = await import('#backups/application');
      const { Ids } = await import('#kernel');
      const { composeCli } = await import('./composition-root.ts');
      const container = composeCli();
      const parts = { source: await container.getAsync(ConfigSource), ids: await container.getAsync(Ids) };
      const replays: Replayed[] = [];
      for await (const one of replay({ folder, model }, parts, signal)) {
        replays.push(one);
        sayToPeople(`${one.file}: ${one.complete ? 'complete' : `NOT COMPLETE, ${one.reason}`}`);
      }
      say(json ? JSON.stringify(replays) : replayTable(replays));
      return replays.every(({ complete }) => complete) ? 0 : 1;
    }),
  );

const migrate = program.command('migrate').description('look at, run and write migrations of the database');
migrate
  .command('status')
  .description('list the migrations that were run, are to be run, or are unknown')
  .action(() => finish(async () => withDatabase((commands, source) => commands.showMigrations(source, say))));
migrate
  .command('up')
  .description('run what is pending; safe to run by several at once')
  .action(() => finish(async () => withDatabase((commands, source) => commands.runMigrations(source, say, signal))));
migrate
  .command('new')
  .argument('<name>', 'the context and what it does, such as devices/add-tags')
  .description('write the file of a new migration')
  .action((name: string) =>
    finish(async () => {
      const commands = await import('./commands/database.ts');
      const { Clock } = await import('#kernel');
      const { composeCli } = await import('./composition-root.ts');
      const clock = await composeCli().getAsync(Clock);
      await commands.writeMigration(name, clock.now(), say);
      return 0;
    }),
  );

program
  .command('db')
  .description('care for the database')
  .command('reset')
  .description('replace the database by a fresh one; stored configurations stay')
  .option('--yes', 'needed when DATABASE_URL names the database')
  .action(({ yes: sure = false }: { yes?: boolean }) =>
    finish(async () => {
      const commands = await import('./commands/database.ts');
      await commands.resetDatabase(await configuration(), { sure, say }, signal);
      return 0;
    }),
  );

addServiceCommands(program, (options, work) =>
  finish(async () => {
    const { atDesk } = await import('./lockstep/desk.ts');
    const [{ stdin, stdout: out, stderr: err }, env] = [process, process.env];
    return atDesk({ config: configuration, env, in: stdin, out, err, interrupted: signal }, options, work);
  }),
);

// Whoever reads may have had enough, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

await program.parseAsync();

type DatabaseCommands = typeof databaseCommands;
type Source = Parameters<DatabaseCommands['showMigrations']>[0];

async function withDatabase(work: (commands: DatabaseCommands, source: Source) => Promise<void>): Promise<ExitCode> {
  const commands = await import('./commands/database.ts');
  await using database = await commands.openServiceDatabase(await configuration(), sayToPeople, signal);
  await work(commands, database.source);
  return 0;
}

async function configuration(): Promise<Config> {
  const { describeConfigInvalid, processEnvironment, readConfig } = await import('#platform/config');
  const read = readConfig(processEnvironment());
  if (!read.ok) throw new CannotRun(describeConfigInvalid(read.error));
  return read.value;
}

async function finish(command: () => Promise<ExitCode>): Promise<void> {
  process.exitCode = await outcomeOf(command, { interrupted: signal, complain: sayToPeople });
}
