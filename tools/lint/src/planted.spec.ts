import { join } from 'node:path';
import { shared } from '#testing/runtime';
import { expect } from 'chai';
import { lintAs, readPlanted, type Report } from './planted.ts';

const root = join(import.meta.dirname, '../../..');

describe('Planted violations', () => {
  const planted = readPlanted();
  const linter = shared(
    () => lintAs(planted, root),
    () => {},
  );

  for (const file of planted) {
    it(`are reported in ${file.standsAt}, and nothing else is`, async function () {
      this.timeout(60_000); // whoever comes first waits for the compiler
      const lint = await linter();

      const reports = await lint(file);

      expect(reports.map((report) => asExpected(report, file.expected))).to.have.deep.members(file.expected);
    });
  }
});

/** The report as it is expected, when its message starts as expected. */
function asExpected(report: Report, expected: readonly Report[]): Report {
  const match = expected.find(
    ({ line, rule, message }) => line === report.line && rule === report.rule && report.message.startsWith(message),
  );
  return match ?? report;
}
