import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Faults } from '#device-simulator';
import { commandEnv } from '#tools/command';
import { FLEET, type FleetDevice } from './fleet-device.ts';

export type { FleetDevice } from './fleet-device.ts';

const PROGRAM = join(import.meta.dirname, 'main.ts');

/** Simulated devices in a process of their own, so that what they cost is not taken for the collector's. */
export class FleetProcess implements AsyncDisposable {
  readonly healthy: readonly FleetDevice[];
  /** One for each fault it was started with. */
  readonly hostile: readonly FleetDevice[];
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, devices: Pick<FleetProcess, 'healthy' | 'hostile'>) {
    this.#child = child;
    this.healthy = devices.healthy;
    this.hostile = devices.hostile;
  }

  static async start(faults: readonly Faults[]): Promise<FleetProcess> {
    const child = spawn(process.execPath, [PROGRAM], {
      env: { ...commandEnv(), [FLEET]: JSON.stringify(faults) },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const ended = once(child, 'exit').then(() => {
      throw new Error('The simulated fleet ended before it was ready.');
    });
    ended.catch(() => {});
    const [devices] = (await Promise.race([once(child, 'message'), ended])) as [FleetProcess];
    return new FleetProcess(child, devices);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}
