import { itBehavesLikeAConfigSource, type DeviceUnderTest } from '#backups/application/testing';
import type { SimulatedDevice, Faults } from '#device-simulator';
import { recordingsAtHand, type NamedRecording } from '#device-simulator/testing';
import { expectOk } from '#kernel/testing';
import { expect } from 'chai';
import { SshConfigSource } from './ssh-config-source.ts';
import { accessTo, commandOf, modelOf, SshTest } from './testing/ssh-test.ts';

const LONGEST_SILENCE = 30_000;
const recordings = recordingsAtHand();

const endings: Readonly<Record<'whole' | 'cut' | 'silent', Faults>> = {
  whole: {},
  cut: { cut: { afterBytes: 1_000, by: 'reset' } },
  silent: { stall: { afterBytes: 1_000 } },
};

describe('SshConfigSource', () => {
  const t = SshTest.install();

  for (const named of [synthetic('ios'), synthetic('junos')]) {
    describe(`with devices of ${named.model}`, () => {
      const model = modelOf(named.model);

      itBehavesLikeAConfigSource((run) =>
        t.test(async ({ clock, start, devices, typed, eventually }) => {
          const open = (): number => devices.reduce((sum, { openConnections }) => sum + openConnections, 0);

          await run({
            source: new SshConfigSource(clock),
            model,
            device: async (ending = 'whole'): Promise<DeviceUnderTest> => {
              const device = await start(named, endings[ending]);
              return { access: accessTo(device), text: shown(device, named) };
            },
            wasTrusted: ({ port }) => devices.some((device) => device.port === port && device.log.credentialsReceived),
            connections: async () => {
              await eventually({ what: 'the connections to end', probe: () => open() === 0 });
              return open();
            },
            silence: () => typed(commandOf(model)),
            giveUp: () => clock.advance(LONGEST_SILENCE),
          });
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
