import type { DeviceModel } from './device-model.ts';

/** The text without the lines that change although nobody changed the configuration: what two versions are compared by. */
export function significantText(model: DeviceModel, text: string): string {
  return text
    .split('\n')
    .filter((line) => !model.volatile.some((pattern) => pattern.test(line)))
    .join('\n');
}
