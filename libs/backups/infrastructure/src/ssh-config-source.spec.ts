import { configSourceContract, type DeviceUnderTest } from '#backups/application/testing';
import type { SimulatedDevice, Faults } from '#device-simulator';
import { recordingsAtHand, type NamedRecording } from '#device-simulator/testing';
import type { DeviceAccess } from '#devices/contracts';
import { expectOk } from '#kernel/testing';
import { expect } from 'chai';
import sinon from 'sinon';
import { SshConfigSource } from './ssh-config-source.ts';
import { accessTo, commandOf, modelOf, SshTest } from './testing/ssh-test.ts';

const LONGEST_SILENCE = 30_000;
const QUIET = 150;
const recordings = recordingsAtHand();

type Ending = 'whole' | 'cut' | 'silent';

const endings: Readonly<Record<Ending, Faults>> = {
  whole: {},
  cut: { cut: { afterBytes: 1_000, by: 'reset' } },
  silent: { stall: { afterBytes: 1_000 } },
};

describe('SshConfigSource', () => {
  const t = SshTest.install();

  for (const named of [synthetic('ios'), synthetic('junos')]) {
    describe(`with devices of ${named.model}`, () => {
      const model = modelOf(named.model);

      configSourceContract.holdsFor(
        SshConfigSource,
        t.opens(({ clock, source, start, devices, typed, eventually }) => {
          const open = (): number => devices.reduce((sum, { openConnections }) => sum + openConnections, 0);

          return {
            source: source(),
            model,
            device: async (ending: Ending = 'whole'): Promise<DeviceUnderTest> => {
              const device = await start(named, endings[ending]);
              return { access: accessTo(device), text: shown(device, named) };
            },
            wasTrusted: ({ port }: DeviceAccess) =>
              devices.some((device) => device.port === port && device.log.credentialsReceived),
            connections: async () => {
              await eventually({ what: 'the connections to end', probe: () => open() === 0 });
              return open();
            },
            silence: () => typed(commandOf(model)),
            giveUp: () => clock.advance(LONGEST_SILENCE),
          };
        }),
      );
    });
  }

  for (const named of recordings) {
    it(
      `collects what ${named.file} holds`,
      t.test(async ({ start, collect }) => {
        const device = await start(named);

        const { text } = expectOk(await collect(device, named));

        expect(text).to.include(shown(device, named));
      }),
    );
  }

  it(
    'logs out only when the prompt has stood through a quiet',
    t.test(async ({ start, clock, signal, eventually }) => {
      const named = synthetic('ios');
      const device = await start(named);
      const deadlines = sinon.spy(clock, 'deadline').withArgs(QUIET);

      const collecting = new SshConfigSource(clock).collect(accessTo(device), modelOf('ios'), signal);
      await eventually({ what: 'the prompt', probe: () => deadlines.called });
      await clock.advance(QUIET - 1);
      const before = [...device.log.typed];
      await clock.advance(1);

      expect(expectOk(await collecting).text).to.include('hostname');
      expect([before, device.log.typed].map((typed) => typed.includes('exit'))).to.deep.equal([false, true]);
      expect(deadlines.callCount).to.equal(1);
    }),
  );

  it(
    'collects every section of a model with several commands',
    t.test(async ({ start, collect }) => {
      const named = synthetic('openssh-linux');

      const { text } = expectOk(await collect(await start(named), named));

      expect(text).to.match(/^### uname -n\njump1\n\n### cat \/etc\/os-release\nPRETTY_NAME[^]*\n### cat \/etc\/ssh\//);
    }),
  );
});

function synthetic(model: string): NamedRecording {
  const found = recordings.find((named) => named.model === model && named.file.includes('synthetic'));
  if (found === undefined) throw new Error(`There is no recording of "${model}".`);
  return found;
}

/** The configuration as a person would copy it from the terminal: without echo, prompt and the empty lines around it. */
function shown(device: SimulatedDevice, { model }: NamedRecording): string {
  const { mode } = modelOf(model);
  const lines = device.configurationAnswer(mode).split(/\r*\n\r?/);
  const copied = mode === 'shell' ? lines.slice(1, -1) : lines;
  const blankAround = /^(?: *\n)+|(?:\n *)+$/g;
  return `${copied.join('\n').replaceAll(blankAround, '')}\n`;
}
