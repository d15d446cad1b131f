import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createNodesFromFiles, type CreateNodes, type TargetConfiguration } from '@nx/devkit';


/** Gives every project the same targets, so that a `project.json` says only its name and its tags. */
export const createNodes: CreateNodes = [
  '{apps,libs,tools}/**/project.json',
  (files, options, context) =>
    createNodesFromFiles(
      (file) => {
        const root = dirname(file);
        const hasSources = existsSync(join(context.workspaceRoot, root, 'src'));
        return hasSources ? { projects: { [root]: { root, targets: inferTargets() } } } : {};
      },
      files,
      options,
      context,
    ),
];

function inferTargets(): Record<string, TargetConfiguration> {
  return { test: mochaTarget() };
}

function mochaTarget(): TargetConfiguration {
  return {
    command: 'mocha',
    options: { cwd: '{projectRoot}' },
    cache: true,
    inputs: ['default', '^production', { externalDependencies: ['mocha', 'chai', 'sinon', 'fast-check'] }, { env: 'DATABASE_URL' }],
    outputs: ['{workspaceRoot}/test-results/{projectName}.json'],
  };
}
