import type { DeviceModel } from './device-model.ts';
import { significantText } from './significant-text.ts';

/**
 * The text that a person pastes into a session of the device to bring the configuration back: what is typed before it, its
 * lines without those that only tell about a moment, and what is typed after it. Null where the model has no such text.
 */
export function restoreText(model: DeviceModel, text: string): string | null {
  if (model.restore === null) return null;
  const { before, after } = model.restore;
  const lines = significantText(model, text).trim().split('\n');
  // A heading of the listing, which is no command.
  if (model.mode === 'shell' && lines[0] === model.proof.header) lines.shift();
  const closing = lines.at(-1) === after[0] ? after.slice(1) : after;
  return [...before, ...lines, ...closing].map((line) => `${line}\n`).join('');
}
