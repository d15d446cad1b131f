import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { Fleet, syntheticRecordings } from '#device-simulator';
import { COUNT, CREDENTIALS, type FleetReady } from './fleet-device.ts';

/** Simulated devices of every model in a process of their own, and a place where connections are taken and nothing is said. */
process.on('disconnect', () => process.exit(0));
const recordings = await syntheticRecordings();
const count = Number(process.env[COUNT]);
const wanted = Array.from({ length: count }, (_, nth) => recordings[nth % recordings.length]!);
const fleet = await Fleet.start(wanted.map((recording) => ({ recording, credentials: CREDENTIALS })));
const devices = fleet.devices.map(({ address, port, hostKey }, nth) => {
  return { address, port, hostKey, model: wanted[nth]?.model ?? '' };
});

const silent = createServer((socket) => void socket.on('error', () => {}).resume());
silent.listen(0, '127.0.0.1');
await once(silent, 'listening');
process.send?.({ kind: 'fleet', devices, deadPort: (silent.address() as AddressInfo).port } satisfies FleetReady);
