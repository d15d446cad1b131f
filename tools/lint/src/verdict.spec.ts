import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { objection } from './verdict.ts';

describe('A run of lint', () => {
  it('passes when ESLint does', () => {
    expect(objection({ ok: true, output: '' })).to.equal(null);
  });

  it('fails when ESLint does', () => {
    expect(objection({ ok: false, output: 'x.ts: wrong' })).to.match(/^Lint failed/);
  });

  it('fails when the boundaries were skipped, although ESLint is content', () => {
    const output = 'warning No cached ProjectGraph is available. The rule will be skipped.\n';

    expect(objection({ ok: true, output })).to.match(/^The boundaries were not checked/);
  });

  it('knows the words that the installed version of the rule skips with', () => {
    const plugin = dirname(createRequire(import.meta.url).resolve('@nx/eslint-plugin/package.json'));
    const source = readFileSync(join(plugin, 'dist/src/utils/project-graph-utils.js'), 'utf8');

    expect(objection({ ok: true, output: source })).to.match(/^The boundaries were not checked/);
  });
});
