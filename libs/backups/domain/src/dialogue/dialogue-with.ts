import type { DeviceModel } from '../models/device-model.ts';
import type { Dialogue } from './dialogue.ts';
import { ExecDialogue } from './exec-dialogue.ts';
import { ShellDialogue } from './shell-dialogue.ts';

/** The conversation that collects the configuration of a device of this model, taking no more than `limitBytes` from it. */
export function dialogueWith(model: DeviceModel, limitBytes: number): Dialogue {
  return model.mode === 'shell' ? new ShellDialogue(model, limitBytes) : new ExecDialogue(model, limitBytes);
}
