import { table } from '../terminal/table.ts';
import type { DeviceOutcome } from './round.ts';

/** What `npm start -- --once --json` prints. The counts are the sums over both rounds. */
export type Summary = {
  readonly devices: number;
  readonly stored: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly failures: readonly { readonly device: string; readonly reason: string }[];
  readonly changed: readonly { readonly device: string; readonly diff: string }[];
  readonly durationMs: number;
};

export function summarize(
  devices: number,
  outcomes: readonly DeviceOutcome[],
  changed: Summary['changed'],
  durationMs: number,
): Summary {
  const count = (kind: DeviceOutcome['kind']): number => outcomes.filter((outcome) => outcome.kind === kind).length;
  const failures = outcomes.flatMap((outcome) =>
    outcome.kind === 'failed' ? [{ device: outcome.device, reason: outcome.reason }] : [],
  );
  return {
    devices,
    stored: count('stored'),
    unchanged: count('unchanged'),
    failed: failures.length,
    failures,
    changed,
    durationMs: Math.round(durationMs),
  };
}

export function outcomeTable(outcomes: readonly DeviceOutcome[]): string {
  const rows = outcomes.map((outcome) => [
    outcome.device,
    outcome.model,
    outcome.kind,
    outcome.kind === 'failed' ? '' : String(outcome.bytes),
    outcome.kind === 'failed' ? outcome.reason : '',
  ]);
  return table(['device', 'model', 'backup', 'bytes', 'reason'], rows);
}

export function outcomeLine(outcome: DeviceOutcome): string {
  const result = outcome.kind === 'failed' ? `failed: ${outcome.reason}` : `${outcome.kind} (${outcome.bytes} bytes)`;
  return `${outcome.device} (${outcome.model}) ${result}`;
}
