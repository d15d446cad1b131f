import { isOn } from '#testing/runtime';

/** Thrown at a test that did not end what it began in the database. Its rows are gone, and its statements are ended. */
export class LeftOpen extends Error {
  constructor(findings: readonly string[]) {
    super(
      `The test has ended, but not what it began in its database:\n${findings.map((line) => `  ${line}`).join('\n')}`,
    );
    this.name = 'LeftOpen';
  }
}

/** The error for what a test left, if it left anything and somebody wants to know. */
export function leftOpen(findings: readonly string[]): LeftOpen | undefined {
  return findings.length > 0 && isOn('open-work') ? new LeftOpen(findings) : undefined;
}
