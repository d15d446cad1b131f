import { AsyncTestBase } from '#testing/lifecycle';
import type { Faults } from '../device/faults.ts';
import { SimulatedDevice, type SimulatedDeviceOptions } from '../device/simulated-device.ts';
import { labSwitch } from './lab-recordings.ts';
import type { PlainChannel } from './plain-channel.ts';
import { CREDENTIALS, PlainClient } from './plain-client.ts';

export const PROMPT = 'lab-1# ';
export const GREETING = `Welcome\r\n${PROMPT}`;
export const ANSWER = `show running-config\r\nhostname lab-1\r\nlocation Zürich\r\nend\r\n\r\n${PROMPT}`;

type Asked = { readonly device: SimulatedDevice; readonly client: PlainClient; readonly shell: PlainChannel };

/** Tests of one simulated device, the lab's switch unless something else is said. */
export class DeviceTest extends AsyncTestBase {
  readonly start = (options: Partial<SimulatedDeviceOptions> = {}): Promise<SimulatedDevice> =>
    this.use(SimulatedDevice.start({ recording: labSwitch, credentials: CREDENTIALS, ...options }));

  /** A shell in which the configuration has been asked for. */
  readonly ask = async (faults: Faults): Promise<Asked> => {
    const device = await this.start({ faults });
    const client = await this.use(PlainClient.connect(device));
    const shell = await client.shell();
    await shell.upTo(PROMPT);
    shell.type('show running-config\n');
    return { device, client, shell };
  };

  /** Resolves when everything has arrived that the device sent before it was asked. */
  readonly settle = async (client: PlainClient): Promise<void> => {
    await (await client.exec('terminal length 0')).whole();
  };
}
