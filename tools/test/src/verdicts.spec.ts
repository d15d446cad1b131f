import { expect } from 'chai';
import type { TestResult } from './results.ts';
import { differences } from './verdicts.ts';

const result = (facts: Partial<TestResult>): TestResult =>
  ({ project: 'kernel', passed: 2, failed: 0, pending: 0, milliseconds: 1, failures: [], ...facts }) as TestResult;
const results = (...all: readonly TestResult[]): ReadonlyMap<string, TestResult> =>
  new Map(all.map((one) => [one.project, one]));

describe('The verdicts of two runs', () => {
  it('are the same when the same number passed and nothing failed', () => {
    const found = differences(results(result({})), results(result({ milliseconds: 9 })));

    expect(found).to.deep.equal([]);
  });

  it('differ when a test was lost or failed, which is named', () => {
    const failure = { title: 'a race', error: 'Error: lost\n    at x' };

    const found = differences(results(result({})), results(result({ passed: 1, failed: 1, failures: [failure] })));

    expect(found).to.deep.equal(['kernel: 1 passed, 2 in the first run', 'kernel: a race: Error: lost']);
  });

  it('are never good when something fails in both', () => {
    const failing = result({ failed: 1, failures: [{ title: 'a race', error: 'Error: lost' }] });

    expect(differences(results(failing), results(failing))).to.have.length(1);
  });

  it('differ when a project has a result in one of them only', () => {
    const found = [differences(results(result({})), results()), differences(results(), results(result({})))];

    expect(found).to.deep.equal([['kernel has no result'], ['kernel had no result in the first run']]);
  });
});
