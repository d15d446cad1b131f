import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import { newHostKey } from './device/host-key.ts';
import { Fleet } from './fleet.ts';
import { labHost } from './testing/lab-recordings.ts';
import { CREDENTIALS, PlainClient } from './testing/plain-client.ts';

const t = AsyncTestBase.install();
const one = { recording: labHost, credentials: CREDENTIALS };

describe('Fleet', () => {
  it(
    'starts a hundred devices, each on a port and with a key of its own, and stops them all',
    t.test(async ({ eventually }) => {
      const before = listening();

      const fleet = await Fleet.start(Array.from({ length: 100 }, () => one));
      const during = listening();
      const { devices } = fleet;
      const identities = devices.map(({ port, hostKey }) => `${port} ${hostKey.fingerprint}`);
      const met = await Promise.all(devices.slice(0, 10).map((device) => PlainClient.refusal(device)));
      await fleet.stop();

      expect(during - before).to.equal(100);
      expect(new Set(identities).size).to.equal(100);
      expect(met).to.deep.equal(Array.from({ length: 10 }, () => null));
      expect(devices.every(({ openConnections }) => openConnections === 0)).to.equal(true);
      await eventually({ what: 'the servers to be gone', probe: () => listening() === before });
    }),
  );

  it(
    'starts all or none',
    t.test(async ({ use, eventually }) => {
      const before = listening();
      const first = await use(Fleet.start([{ ...one, hostKey: newHostKey() }]));
      const port = first.devices[0]?.port ?? 0;

      const refused = await Fleet.start([one, { ...one, port }, one]).catch((error: unknown) => error);

      expect(refused).to.have.property('message', '1 of 3 simulated devices did not start.');
      await eventually({ what: 'the others to be gone', probe: () => listening() === before + 1 });
    }),
  );
});

function listening(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length;
}
