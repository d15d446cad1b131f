import { SimulatedDevice, syntheticRecordings } from '#device-simulator';
import { hostKeyScannerContract } from '#devices/application/testing';
import { expectOk } from '#kernel/testing';
import { eventually } from '#testing/lifecycle';
import { expect } from 'chai';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { SshHostKeyScanner } from './ssh-host-key-scanner.ts';

const untimed = (): AbortSignal => new AbortController().signal;
const placeOf = (server: Server) => ({ address: '127.0.0.1', port: (server.address() as AddressInfo).port });

async function aDevice(): Promise<SimulatedDevice> {
  const [recording = expect.fail('There is no recording.')] = await syntheticRecordings();
  return SimulatedDevice.start({ recording, credentials: { username: 'backup', password: 'hunter2' } });
}

/** A service that is not SSH. It reads what comes: a socket that is not read never learns that it was closed. */
async function aService(greet: (socket: Socket) => void): Promise<Server> {
  const server = createServer((socket) => greet(socket.on('error', () => {}).resume()));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}

describe('SshHostKeyScanner', () => {
  const scanner = new SshHostKeyScanner();
  let device: SimulatedDevice;
  let mail: Server;

  beforeEach(async () => {
    device = await aDevice();
    mail = await aService((socket) => socket.end('220 mail.example ESMTP\r\n'));
  });
  afterEach(() => Promise.all([device.stop(), mail[Symbol.asyncDispose]()]));

  hostKeyScannerContract.holdsFor(SshHostKeyScanner, async () => {
    await using gone = await aDevice();
    const { address, port, hostKey } = device;
    const nobody = { address: gone.address, port: gone.port };
    return { scanner, device: { address, port, hostKey }, notSsh: placeOf(mail), nobody };
  });

  it('tries no login, and hangs up', async () => {
    expectOk(await scanner.scan(device, untimed()));

    const probe = () => device.openConnections === 0;
    await eventually({ what: 'the end of the connection', probe }, untimed());
    expect(device.log.attempts).to.deep.equal([]);
  });

  it('hangs up on whoever says nothing when the caller stops', async () => {
    const { promise: connected, resolve: connect } = Promise.withResolvers<Socket>();
    await using silent = await aService(connect);
    const caller = new AbortController();
    const stopped = new Error('stopped by the caller');

    const scanning = scanner.scan(placeOf(silent), caller.signal).catch((reason: unknown) => reason);
    const socket = await connected;
    caller.abort(stopped);

    expect(await scanning).to.equal(stopped);
    if (!socket.closed) await once(socket, 'close');
  });
});
