import nx from '@nx/eslint-plugin';
import type { Rule } from 'eslint';
import { layerNames, layers } from '#tools/architecture';
import { reworded } from './rules/reworded.ts';

const table = 'The table is tools/architecture/src/layers.ts.';

/** Nx's rule for layers, contexts and cycles between projects, with messages that say what to do instead. */
export const moduleBoundaries: Rule.RuleModule = reworded(nx.rules?.['enforce-module-boundaries'], {
  noRelativeOrAbsoluteImportsAcrossLibraries:
    'This file belongs to another project. Import what that project offers in its index, as "#<context>/<layer>".',
  noSelfCircularDependencies: 'Inside a project, import the file itself by a relative path instead of "{{imp}}".',
  noCircularDependencies:
    '"{{sourceProjectName}}" and "{{targetProjectName}}" need each other: {{path}}. Move what both need further in, or turn one direction into a port.\n{{filePaths}}',
  noImportsOfApps: 'An app is the outermost thing. Move what others need into a lib.',
  projectWithoutTagsCannotHaveDependencies:
    'This project has no known "layer:" tag, so no rule applies to it. Tag it in its project.json.',
  onlyTagsConstraintViolation: `"{{sourceTag}}" may import {{tags}} only. Define a port here and implement it further out, or use the other context's contracts. ${table}`,
  emptyOnlyTagsConstraintViolation: `"{{sourceTag}}" imports no other project: nothing enters it for one caller. ${table}`,
});

type Constraint = { readonly sourceTag: string; readonly onlyDependOnLibsWithTags: readonly string[] };

/** What Nx is told. Tests may reach the test kit as well, where their layer has any use for it. */
export function constraints(contexts: readonly string[], from: 'production' | 'tests'): readonly Constraint[] {
  return [
    ...layerNames.map((layer) => {
      const kit = from === 'tests' && layers[layer].kit !== 'none' ? (['testing'] as const) : [];
      const targets = new Set([...layers[layer].imports, ...kit]);
      return { sourceTag: `layer:${layer}`, onlyDependOnLibsWithTags: [...targets].map((name) => `layer:${name}`) };
    }),
    ...contexts.map((context) => ({
      sourceTag: `context:${context}`,
      onlyDependOnLibsWithTags: [`context:${context}`, 'context:shared', 'layer:contracts'],
    })),
  ];
}
