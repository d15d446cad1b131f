import type { ESLint, Linter } from 'eslint';
import { parser } from 'typescript-eslint';
import {
  ambientEnvironment,
  ambientRandomness,
  ambientTime,
  layers,
  nodeModules,
  ownSetup,
  packages,
  testFiles,
  type Exception,
} from '#tools/architecture';
import { constraints, moduleBoundaries } from './boundaries.ts';
import { languageSettings, plainRules, typedRules } from './language-rules.ts';
import { allowedPackages } from './rules/allowed-packages.ts';
import { noAmbientEnvironment, noAmbientRandomness, noAmbientTime } from './rules/ambients.ts';
import { knownImports } from './rules/known-imports.ts';
import { noOwnIndex } from './rules/no-own-index.ts';
import { noOwnSetup } from './rules/no-own-setup.ts';
import { testSupport, type TestSupport } from './rules/test-support.ts';
import { wholeTests } from './rules/whole-tests.ts';

const lockstep: ESLint.Plugin = {
  rules: {
    ...plainRules,
    'allowed-packages': allowedPackages,
    'known-imports': knownImports,
    'no-ambient-environment': noAmbientEnvironment,
    'no-ambient-randomness': noAmbientRandomness,
    'no-ambient-time': noAmbientTime,
    'no-own-index': noOwnIndex,
    'no-own-setup': noOwnSetup,
    'test-support': testSupport,
    'whole-tests': wholeTests,
  },
};

/**
 * The rules of the workspace. `contexts` are those its projects are tagged with.
 *
 * A later entry replaces an earlier one's options of the same rule as a whole: what applies to tests follows what applies
 * to all files.
 */
export function lintConfig(root: string, contexts: readonly string[]): Linter.Config[] {
  return [
    { ignores: ['**/*', '!**/*/', '!**/*.ts', 'node_modules/', '.nx/', 'tools/lint/planted/'] },
    {
      files: ['**/*.ts'],
      plugins: {
        '@nx': { rules: { 'enforce-module-boundaries': moduleBoundaries } },
        '@typescript-eslint': { rules: typedRules },
        lockstep,
      },
      languageOptions: { parser, parserOptions: { project: './tsconfig.json', tsconfigRootDir: root } },
      // A rule that can be switched off by a comment is not a rule: exceptions stand in tools/architecture, with a reason.
      linterOptions: { noInlineConfig: true },
      rules: {
        ...languageSettings,
        '@nx/enforce-module-boundaries': boundaries(contexts, 'production'),
        'lockstep/allowed-packages': ['error', { packages, nodeModules }],
        'lockstep/known-imports': 'error',
        'lockstep/no-ambient-environment': 'error',
        'lockstep/no-ambient-randomness': 'error',
        'lockstep/no-ambient-time': 'error',
        'lockstep/no-own-index': 'error',
      },
    },
    {
      files: [...testFiles],
      rules: {
        '@nx/enforce-module-boundaries': boundaries(contexts, 'tests'),
        'lockstep/no-own-setup': 'error',
        'lockstep/whole-tests': 'error',
      },
    },
    ...Object.values(layers).map(({ folders, kit }): Linter.Config => {
      const options: TestSupport = { tests: testFiles, kit };
      return {
        files: folders.map((folder) => `${folder}/**/*.ts`),
        rules: { 'lockstep/test-support': ['error', options] },
      };
    }),
    except('lockstep/no-own-setup', ownSetup),
    except('lockstep/no-ambient-environment', ambientEnvironment),
    except('lockstep/no-ambient-randomness', ambientRandomness),
    except('lockstep/no-ambient-time', ambientTime),
  ];
}

function boundaries(contexts: readonly string[], from: 'production' | 'tests'): Linter.RuleEntry {
  // Loading a project lazily in one place is no reason against importing it in another.
  return ['error', { depConstraints: constraints(contexts, from), checkDynamicDependenciesExceptions: ['.*'] }];
}

function except(rule: string, exceptions: readonly Exception[]): Linter.Config {
  return { files: exceptions.map(({ files }) => files), rules: { [rule]: 'off' } };
}
