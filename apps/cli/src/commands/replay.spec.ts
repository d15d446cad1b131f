import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deviceModels } from '#backups/domain';
import { SshConfigSource } from '#backups/infrastructure';
import { ok } from '#kernel';
import { SystemClock } from '#platform/system';
import { SequentialIds } from '#kernel/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { TemporaryFolder } from '#testing/system';
import { expect } from 'chai';
import { CannotRun } from './outcome.ts';
import { replay, type Replayed } from './replay.ts';

const SHIPPED = join(import.meta.dirname, '../../../../libs/device-simulator/recordings');
const WITHOUT_END = `init_prompt: "sw1#"
commands:
  "terminal length 0\\n": "terminal length 0\\r\\nsw1#"
  "show running-config\\n": "show running-config\\r\\n!Command: show running-config\\r\\nhostname sw1\\r\\nsw1#"
  "exit\\n": "exit\\r\\n"
`;

class ReplayTest extends AsyncTestBase {
  folder = '';
  readonly #source = new SshConfigSource(new SystemClock(), { idle: 500 });

  protected override async setUp(): Promise<void> {
    this.folder = (await this.use(TemporaryFolder.make())).path;
  }

  async replayed(folder: string, model?: string): Promise<Replayed[]> {
    return Array.fromAsync(replay({ folder, model }, { source: this.#source, ids: new SequentialIds() }, this.signal));
  }
}

const t = ReplayTest.install();

describe('replay', function () {
  this.timeout(30_000);

  it(
    'finds every shipped recording complete, one for each model',
    t.test(async (test) => {
      const replays = await test.replayed(SHIPPED);

      expect(replays.filter(({ complete }) => !complete)).to.deep.equal([]);
      expect([...new Set(replays.map(({ model }) => model))].toSorted()).to.deep.equal(
        deviceModels.map(({ name }) => name).toSorted(),
      );
    }),
  );

  it(
    'says why a recording is not complete',
    t.test(async (test) => {
      await writeFile(join(test.folder, 'ios--without-end.yaml'), WITHOUT_END);

      const [replayed] = await test.replayed(test.folder);

      expect(replayed).to.deep.include({ file: 'ios--without-end.yaml', model: 'ios', bytes: 0, complete: false });
      expect(replayed?.reason).to.match(/end/);
    }),
  );

  it(
    'takes the model from --model before the file name',
    t.test(async (test) => {
      await writeFile(join(test.folder, 'ios--but-really-nxos.yaml'), WITHOUT_END);

      const [replayed] = await test.replayed(test.folder, 'nxos');

      expect(replayed).to.deep.include({ model: 'nxos', complete: true, reason: null });
    }),
  );

  for (const [file, reason] of [
    ['toaster--v1.yaml', 'There is no model toaster; the models are'],
    ['nameless.yaml', 'give one with --model'],
  ] as const) {
    it(
      `says what is wrong with the name ${file}`,
      t.test(async (test) => {
        await writeFile(join(test.folder, file), WITHOUT_END);

        const [replayed] = await test.replayed(test.folder);

        expect(replayed).to.deep.include({ complete: false, bytes: 0 });
        expect(replayed?.reason).to.include(reason);
      }),
    );
  }

  it(
    'names what is no recording, and goes on with the others',
    t.test(async (test) => {
      await writeFile(join(test.folder, 'ios--a-damaged.yaml'), 'commands: [');
      await writeFile(join(test.folder, 'nxos--b-good.yaml'), WITHOUT_END);

      const [damaged, good] = await test.replayed(test.folder);

      expect(damaged?.complete).to.equal(false);
      expect(damaged?.reason).to.include('ios--a-damaged.yaml');
      expect(good?.complete).to.equal(true);
    }),
  );

  it(
    'plays eight at a time and answers in the order of the names',
    t.test(async (test) => {
      const names = Array.from({ length: 12 }, (_, index) => `nxos--${String(index).padStart(2, '0')}.yaml`);
      for (const name of names) await writeFile(join(test.folder, name), WITHOUT_END);
      const waiting: (() => void)[] = [];
      let most = 0;
      const source = {
        collect: async ({ name }: { name: string }) => {
          const turn = Promise.withResolvers<void>();
          waiting.push(turn.resolve);
          most = Math.max(most, waiting.length);
          // The last to come goes first, once there are as many as there can be.
          if (waiting.length === 8 || names.indexOf(name) >= 8) waiting.pop()?.();
          await turn.promise;
          waiting.pop()?.();
          return ok({ text: 'done\n' });
        },
      };

      const replays = await Array.fromAsync(
        replay({ folder: test.folder, model: undefined }, { source, ids: new SequentialIds() }, test.signal),
      );

      expect(replays.map(({ file }) => file)).to.deep.equal(names);
      expect(most).to.equal(8);
    }),
  );

  it(
    'says that a folder is not there',
    t.test(async (test) => {
      const failure = await test.replayed(join(test.folder, 'elsewhere')).catch((error: unknown) => error);

      expect(failure).to.be.instanceOf(CannotRun);
      expect((failure as Error).message).to.match(/^There is no folder .*elsewhere/);
    }),
  );

  it(
    'refuses a folder without recordings',
    t.test(async (test) => {
      const failure = await test.replayed(test.folder).catch((error: unknown) => error);

      expect((failure as Error).message).to.include('There are no recordings');
    }),
  );
});
