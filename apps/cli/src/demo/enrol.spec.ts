import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import type { ApiDevice, LockstepClient } from '../client/lockstep-client.ts';
import type { DemoDevice } from './demo-fleet.ts';
import { enrol } from './enrol.ts';

const t = AsyncTestBase.install();
const hostKey = { algorithm: 'ssh-ed25519', fingerprint: 'SHA256:it' };
const at = { address: '127.0.0.1', port: 22, model: 'ios', hostKey };

describe('enrol', () => {
  it(
    'leaves a device out of service that a person has taken out of it',
    t.test(async ({ signal }) => {
      const known = (name: string, enabled: boolean): ApiDevice => ({
        ...at,
        id: `id-${name}`,
        name,
        version: 1,
        enabled,
      });
      const devices = async (): Promise<ApiDevice[]> => [known('core-1', true), known('edge-1', false)];
      const client = { devices } as unknown as LockstepClient;
      const fleet = ['core-1', 'edge-1'].map((name) => ({ ...at, name })) as unknown as DemoDevice[];

      const enrolled = await enrol(client, fleet, signal);

      expect(enrolled.map(({ name }) => name)).to.deep.equal(['core-1']);
    }),
  );
});
