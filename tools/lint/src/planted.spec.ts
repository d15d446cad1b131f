import { join } from 'node:path';
import { expect } from 'chai';
import { ESLint } from 'eslint';
import { programWith, readPlanted, type Report } from './planted.ts';

const root = join(import.meta.dirname, '../../..');

describe('Planted violations', () => {
  const planted = readPlanted();
  let lint: (standsAt: string, text: string) => Promise<readonly Report[]>;

  before(async function () {
    this.timeout(60_000);
    const parserOptions = { project: null, programs: [programWith(planted, root)] };
    const eslint = new ESLint({ cwd: root, overrideConfig: { languageOptions: { parserOptions } } });
    lint = async (standsAt, text) => {
      const [result] = await eslint.lintText(text, { filePath: join(root, standsAt) });
      return (result?.messages ?? []).map(({ line, ruleId, message }) => ({ line, rule: ruleId ?? 'none', message }));
    };
  });

  for (const { standsAt, text, expected } of planted) {
    it(`reports what ${standsAt} breaks, and nothing else`, async () => {
      const reports = await lint(standsAt, text);

      expect(reports.map((report) => withExpectedPart(report, expected))).to.have.deep.members(expected);
    });
  }
});

/** The report as it is expected, when its message starts as expected. */
function withExpectedPart(report: Report, expected: readonly Report[]): Report {
  const match = expected.find(
    ({ line, rule, message }) => line === report.line && rule === report.rule && report.message.startsWith(message),
  );
  return match ?? report;
}
