import type { DeviceModel } from './device-model.ts';

/** The text as it may be shown: what the model knows to be secret is replaced, everything else stays as it was. */
export function redactSecrets(model: DeviceModel, text: string): string {
  return model.secrets.reduce((seen, pattern) => seen.replace(pattern, '$1<redacted>'), text);
}
