import { Secret } from '#kernel';
import type { DeviceCredentials } from '../device-directory.ts';

/** Credentials as they can be compared: a {@link Secret} hides from comparison too, so two that differ pass for equal. */
export function revealed(credentials: DeviceCredentials): Record<string, string | null> {
  const entries = Object.entries(credentials).map(([key, value]: [string, string | Secret | null]) => [
    key,
    value instanceof Secret ? value.reveal() : value,
  ]);
  return Object.fromEntries(entries);
}
