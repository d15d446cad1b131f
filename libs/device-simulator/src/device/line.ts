import { abortable } from '#kernel';
import type { ServerChannel } from 'ssh2';
import type { Cut, Faults } from './faults.ts';

/** One open channel. `signal` aborts when the channel or what carries it is gone: nothing waits longer than that. */
export type Line = {
  readonly channel: ServerChannel;
  readonly faults: () => Faults;
  readonly isConfigurationCommand: (command: string) => boolean;
  readonly breakOff: (how: Exclude<Cut, 'close' | 'exit'>) => void;
  readonly signal: AbortSignal;
};

/** Ends the channel as a device does that has said everything; without a status it says nothing about success. */
export async function hangUp({ channel, signal }: Line, status: number | null): Promise<never> {
  if (status !== null) channel.exit(status);
  channel.end();
  return silence(signal);
}

/** Does nothing until the other side is gone. */
export async function silence(signal: AbortSignal): Promise<never> {
  return abortable(new Promise<never>(() => {}), signal);
}
