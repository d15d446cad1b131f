import { expect } from 'chai';
import type { TestResult } from './results.ts';
import { summarize } from './summary.ts';

const succeeded = { everythingSucceeded: true };
const failed = { everythingSucceeded: false };

function results(...some: readonly (Partial<TestResult> & { readonly project: string })[]): Map<string, TestResult> {
  const boring = { passed: 1, failed: 0, pending: 0, milliseconds: 1, failures: [], facts: [] };
  return new Map(some.map((result) => [result.project, { ...boring, ...result }]));
}

describe('The summary of a test run', () => {
  it('adds up what the projects report', () => {
    const summary = summarize(['a', 'b'], results({ project: 'a', passed: 3 }, { project: 'b', passed: 4 }), succeeded);

    expect(summary).to.include({ passed: 7, failed: 0 });
    expect(summary.lines).to.deep.equal([
      'project  passed  failed',
      'a             3       0',
      'b             4       0',
    ]);
  });

  it('says what failed, and why', () => {
    const failures = [{ title: 'Result refuses', error: 'AssertionError: no\n    at x.ts:1' }];

    const summary = summarize(['a'], results({ project: 'a', passed: 2, failed: 1, failures }), failed);

    expect(summary).to.include({ passed: 2, failed: 1 });
    expect(summary.lines.join('\n')).to.include('✗ a: Result refuses\n    AssertionError: no\n        at x.ts:1\n');
  });

  it('counts a project without a result as failed', () => {
    expect(summarize(['a', 'b'], results({ project: 'a' }), failed)).to.include({ passed: 1, failed: 1 });
  });

  it('counts a missing result as failed even when every run claims success', () => {
    expect(summarize(['a'], results(), succeeded)).to.include({ passed: 0, failed: 1 });
  });

  it('counts a project that ran no test as failed', () => {
    expect(summarize(['a'], results({ project: 'a', passed: 0 }), succeeded)).to.include({ passed: 0, failed: 1 });
  });

  it('counts tests that were left out as failed', () => {
    expect(summarize(['a'], results({ project: 'a', pending: 2 }), succeeded)).to.include({ passed: 1, failed: 2 });
  });

  it('counts a failure that no project accounts for', () => {
    expect(summarize(['a'], results({ project: 'a' }), failed)).to.include({ passed: 1, failed: 1 });
  });

  it('counts a workspace without any test as failed', () => {
    expect(summarize([], results(), succeeded)).to.include({ passed: 0, failed: 1 });
  });

  it('ignores results of projects that have no tests any more', () => {
    const summary = summarize(['a'], results({ project: 'a' }, { project: 'gone', passed: 9 }), succeeded);

    expect(summary).to.include({ passed: 1, failed: 0 });
  });
});
