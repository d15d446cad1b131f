import { DatabaseTest } from '#testing/database';
import { TemporaryFolder, TestProcess } from '#testing/system';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { schemas } from '../schemas.ts';
import { testSettings } from './test-settings.ts';

const MAIN = join(import.meta.dirname, '../main.ts');

export type Listening = { readonly type: 'listening'; readonly url: string };

/** A test of the API as a process of its own, with a data folder of its own and a database to give it. */
export class ApiProcessTest extends DatabaseTest {
  readonly folder = this.fixture(() => TemporaryFolder.make());

  protected override schemas() {
    return schemas;
  }

  async start(env: NodeJS.ProcessEnv, { channel = false } = {}): Promise<TestProcess> {
    const settings = {
      LOCKSTEP_ENV_FILE: devNull,
      LOCKSTEP_HTTP_PORT: '0',
      LOCKSTEP_DATA_DIR: (await this.folder()).path,
      LOCKSTEP_TOKEN: testSettings.token.reveal(),
    };
    return this.use(TestProcess.node([MAIN], { env: { ...settings, ...env }, channel }));
  }

  /** What it tells the one who started it with a channel. */
  listening(api: TestProcess): Promise<Listening> {
    return api.message(isListening, this.signal);
  }

  /** Its first line for people. */
  async welcome(api: TestProcess): Promise<void> {
    await api.says(/\n/, this.signal);
  }
}

function isListening(message: unknown): message is Listening {
  return (message as Partial<Listening>).type === 'listening';
}
