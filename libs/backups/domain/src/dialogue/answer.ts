import type { DeviceModel } from '../models/device-model.ts';
import { redactSecrets } from '../models/redact-secrets.ts';

/** A rejection stands at the beginning of an answer; further down, the same words belong to the configuration. */
export const LINES_OF_A_REJECTION = 8;

/** The text of an answer: without the empty lines around it, every line ended by `\n`; empty when there is nothing in it. */
export function textOf(lines: readonly string[]): string {
  const isWritten = (line: string): boolean => line.trim() !== '';
  const first = lines.findIndex(isWritten);
  return first < 0 ? '' : `${lines.slice(first, lines.findLastIndex(isWritten) + 1).join('\n')}\n`;
}

const LONGEST_REJECTION = 200;

/** The line by which a device says that it does not do what it was told, if one says so, without the secrets in it. */
export function rejectionIn(lines: readonly string[], model: DeviceModel): string | null {
  const trimmed = lines.map((line) => line.trim());
  const found = trimmed.find((line) => model.rejections.some((pattern) => pattern.test(line)));
  return found === undefined ? null : redactSecrets(model, found).slice(0, LONGEST_REJECTION);
}
