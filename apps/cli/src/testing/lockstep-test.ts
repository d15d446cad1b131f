import { PassThrough, Readable } from 'node:stream';
import { backupsSchema } from '#backups/infrastructure';
import { devicesSchema } from '#devices/infrastructure';
import { Secret } from '#kernel';
import { notificationsSchema } from '#notifications/infrastructure';
import type { Config } from '#platform/config';
import { schedulingSchema } from '#scheduling/infrastructure';
import { DatabaseTest } from '#testing/database';
import { Command, CommanderError } from 'commander';
import { outcomeOf, type ExitCode } from '../commands/outcome.ts';
import { atDesk, type Surroundings } from '../lockstep/desk.ts';
import { addServiceCommands } from '../lockstep/service-commands.ts';

export type Ran = { readonly code: ExitCode; readonly out: string; readonly err: string };

export const settings = {
  masterKey: new Secret(Buffer.alloc(32, 7).toString('base64')),
  storeDirectory: '/nonexistent',
};

/** A test that gives commands on a service of its own, in this process. */
export class LockstepTest extends DatabaseTest {
  protected override schemas() {
    return [devicesSchema, schedulingSchema, backupsSchema, notificationsSchema];
  }

  async lockstep(args: readonly string[], { input = '', env = {} as NodeJS.ProcessEnv } = {}): Promise<Ran> {
    const [out, err] = [new PassThrough(), new PassThrough()];
    const databaseUrl = new Secret(this.database.url);
    const code = await run(args, {
      ...{ env, in: Readable.from([Buffer.from(input)]), out, err, interrupted: this.signal },
      config: async () => ({ ...settings, databaseUrl }) as Config,
    });
    return { code, out: textIn(out), err: textIn(err) };
  }

  /** The document of a command that goes well. */
  async document(...args: readonly string[]): Promise<never> {
    const { code, out, err } = await this.lockstep([...args, '--json']);
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${err}`);
    return JSON.parse(out) as never;
  }
}

/** As the program does it. */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const complain = (line: string): void => void surroundings.err.write(`${line}\n`);
  const program = new Command('lockstep').exitOverride().configureOutput({
    writeOut: (text) => void surroundings.out.write(text),
    writeErr: (text) => void surroundings.err.write(text),
  });
  let code: ExitCode = 0;
  addServiceCommands(program, async (options, work) => {
    const { interrupted } = surroundings;
    code = await outcomeOf(() => atDesk(surroundings, options, work), { interrupted, complain });
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
}

function textIn(stream: PassThrough): string {
  return String(stream.read() ?? '');
}
