import { SimulatedDevice, syntheticRecordings, type Faults } from '#device-simulator';
import { CREDENTIALS, FLEET, type FleetDevice } from './fleet-device.ts';

/** Simulated devices as a process of their own: healthy ones, one of each recording, and one for each fault it is told. */
const faults = JSON.parse(process.env[FLEET] ?? '[]') as Faults[];
const recordings = await syntheticRecordings();

async function start(index: number, own: Faults): Promise<FleetDevice> {
  const recording = recordings[index % recordings.length];
  if (recording === undefined) throw new Error('There are no recordings.');
  const device = await SimulatedDevice.start({ recording, credentials: CREDENTIALS, faults: own });
  const { address, port, hostKey } = device;
  return { address, port, hostKey, model: recording.model ?? '' };
}

const healthy = await Promise.all(recordings.map((_, index) => start(index, {})));
const hostile = await Promise.all(faults.map((own, index) => start(index, own)));
process.on('disconnect', () => process.exit(0));
process.send?.({ healthy, hostile });
