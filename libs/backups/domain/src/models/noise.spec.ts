import { recordingsAtHand } from '#device-simulator/testing';
import { expect } from 'chai';
import { aCollected } from '../testing/collected.builder.ts';
import { converse, SpokenDevice } from '../testing/conversation.ts';
import { seededNumbers } from '../testing/seeded-numbers.ts';
import type { ContentHash } from '../content-hash.ts';
import { Version, type VersionId } from '../version.ts';
import { deviceModels } from './device-models.ts';
import type { DeviceModel } from './device-model.ts';
import { significantText } from './significant-text.ts';

const POLLS = 1_000;

/** What a device of the model writes into its configuration although nobody has changed it; `%` is a number that moves. */
const noises: Readonly<Record<string, readonly string[]>> = {
  aoscx: [],
  eos: ['! Time: Mon Jan 5 09:%:% 2026', '! Command: show running-config'],
  ios: [
    'Building configuration...',
    'Current configuration : % bytes',
    '! Last configuration change at 09:%:% UTC Mon Jan 5 2026 by user%',
    '! NVRAM config last updated at 09:%:% UTC Mon Jan 5 2026 by alice',
    '! No configuration change since last restart',
    'ntp clock-period %',
  ],
  junos: ['## Last commit: 2026-01-05 08:%:% UTC by alice', '## Last changed: 2026-01-05 08:%:% UTC'],
  nxos: [
    '!Time: Mon Jan  5 09:%:% 2026',
    '!Running configuration last done at: Mon Jan  5 08:%:% 2026',
    '!Startup config saved at: Mon Jan  5 08:%:% 2026',
  ],
  'openssh-linux': [],
  routeros: [
    '# 2026-01-05 09:%:% by RouterOS 7.16',
    '# jan/05/2026 09:%:% by RouterOS 6.49',
    '# poe-out status: short_circuit',
    '# Interface not active',
    '# inactive time',
    '# ether% not ready',
    '# received packet from 192.0.2.% bad format',
    '# Firmware upgraded successfully, please reboot for changes to take effect!',
  ],
};

describe('A device of a year', () => {
  for (const model of deviceModels) {
    const base = configurationOf(model);

    it(`of the model ${model.name} has no new version after ${POLLS} polls in which only noise has changed`, () => {
      const numbers = seededNumbers(1);
      const history = historyOf(model, base);

      for (let poll = 0; poll < POLLS; poll += 1) history.poll(withNoise(model, base, numbers));

      expect(history.versions()).to.equal(1);
    });

    it(`of the model ${model.name} has a new version after each of ${POLLS} changes of one line, whatever the noise`, () => {
      const numbers = seededNumbers(2);
      const history = historyOf(model, base);
      const lines = base.split('\n');
      const changeable = lines.flatMap((line, at) => (model.volatile.some((one) => one.test(line)) ? [] : [at]));

      for (let change = 0; change < POLLS; change += 1) {
        const at = changeable[numbers() % changeable.length]!;
        lines[at] = `${lines[at]?.replace(/ changed \d+$/, '')} changed ${change}`;
        history.poll(withNoise(model, lines.join('\n'), numbers));
      }

      expect(history.versions()).to.equal(1 + POLLS);
    });
  }
});

function configurationOf(model: DeviceModel): string {
  const named = recordingsAtHand().find((one) => one.model === model.name && one.file.includes('synthetic'));
  const outcome = converse(new SpokenDevice(named!));
  return outcome.kind === 'done' ? outcome.configuration.text : expect.fail(`${model.name}: ${outcome.kind}`);
}

/** The text with noise in front of some of its lines. */
function withNoise({ name }: DeviceModel, text: string, numbers: () => number): string {
  const noise = noises[name] ?? expect.fail(`What is noise on a device of ${name}?`);
  const lines = text.split('\n');
  for (const line of noise) {
    if (numbers() % 2 === 0) continue;
    lines.splice(
      numbers() % lines.length,
      0,
      line.replaceAll('%', () => String(numbers() % 60)),
    );
  }
  return lines.join('\n');
}

function historyOf(model: DeviceModel, base: string) {
  let latest: Version | null = null;
  const poll = (text: string): void => {
    const significantHash = significantText(model, text) as ContentHash;
    const following = Version.following(
      latest,
      aCollected({ contentHash: text as ContentHash, significantHash }),
      'id' as VersionId,
    );
    if (following.ok) latest = following.value;
    else expect(following.error.kind).to.equal('Unchanged');
  };
  poll(base);
  return { poll, versions: () => latest?.snapshot().sequence };
}
