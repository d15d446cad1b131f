import { globSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { expect } from 'chai';
import type { Linter } from 'eslint';
import { nodeModules, packages } from '#tools/architecture';
import { lintConfig } from './config.ts';
import { readPlanted } from './planted.ts';

const root = join(import.meta.dirname, '../../..');
const sources = globSync('{apps,libs,tools}/**/*.ts', { cwd: root, exclude: ['**/planted/**'] });

describe('The lint configuration', () => {
  const config = lintConfig(root, ['devices']);

  it('has a planted violation of every rule it switches on', () => {
    const planted = new Set(readPlanted().flatMap(({ expected }) => expected.map(({ rule }) => rule)));

    const unproven = rulesOf(config).filter((rule) => !planted.has(rule));

    expect(unproven).to.deep.equal([]);
  });

  it('names no place where there is no file', () => {
    const places = new Set([
      ...config.flatMap(({ files = [] }) => files.flat()),
      ...Object.values(packages).flat(),
      ...nodeModules,
    ]);

    const idle = [...places].filter((place) => !sources.some((file) => matchesGlob(file, place)));

    expect(idle).to.deep.equal([]);
  });
});

function rulesOf(config: readonly Linter.Config[]): readonly string[] {
  const entries = config.flatMap(({ rules = {} }) => Object.entries(rules));
  return [...new Set(entries.filter(([, entry]) => [entry].flat()[0] !== 'off').map(([rule]) => rule))];
}
