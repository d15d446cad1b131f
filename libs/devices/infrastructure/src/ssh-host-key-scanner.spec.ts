import { SimulatedDevice, syntheticRecordings } from '#device-simulator';
import { hostKeyScannerContract, type HostKeyScannerUnderTest } from '#devices/application/testing';
import { expectOk } from '#kernel/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { SshHostKeyScanner } from './ssh-host-key-scanner.ts';

const placeOf = (server: Server) => ({ address: '127.0.0.1', port: (server.address() as AddressInfo).port });

async function aDevice(): Promise<SimulatedDevice> {
  const [recording = expect.fail('There is no recording.')] = await syntheticRecordings();
  return SimulatedDevice.start({ recording, credentials: { username: 'backup', password: 'hunter2' } });
}

class ScannerTest extends AsyncTestBase {
  readonly scanner = new SshHostKeyScanner();
  readonly device = this.fixture(aDevice);

  /** A service that is not SSH. It reads what comes: a socket that is not read never learns that it was closed. */
  async service(greet: (socket: Socket) => void): Promise<Server> {
    const server = createServer((socket) => greet(socket.on('error', () => {}).resume()));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return this.use(server);
  }

  async network(): Promise<HostKeyScannerUnderTest> {
    await using gone = await aDevice();
    const { scanner, signal } = this;
    const { address, port, hostKey } = await this.device();
    const mail = await this.service((socket) => socket.end('220 mail.example ESMTP\r\n'));
    const nobody = { address: gone.address, port: gone.port };
    return { scanner, signal, device: { address, port, hostKey }, notSsh: placeOf(mail), nobody };
  }
}

const t = ScannerTest.install();

describe('SshHostKeyScanner', () => {
  hostKeyScannerContract.holdsFor(
    SshHostKeyScanner,
    t.opens(({ network }) => network()),
  );

  it(
    'tries no login, and hangs up',
    t.test(async (test) => {
      const device = await test.device();

      expectOk(await test.scanner.scan(device, test.signal));

      const probe = () => device.openConnections === 0;
      await test.eventually({ what: 'the end of the connection', probe });
      expect(device.log.attempts).to.deep.equal([]);
    }),
  );

  it(
    'hangs up on whoever says nothing when the caller stops',
    t.test(async ({ scanner, service }) => {
      const { promise: connected, resolve: connect } = Promise.withResolvers<Socket>();
      const silent = await service(connect);
      const caller = new AbortController();
      const stopped = new Error('stopped by the caller');

      const scanning = scanner.scan(placeOf(silent), caller.signal).catch((reason: unknown) => reason);
      const socket = await connected;
      caller.abort(stopped);

      expect(await scanning).to.equal(stopped);
      if (!socket.closed) await once(socket, 'close');
    }),
  );
});
