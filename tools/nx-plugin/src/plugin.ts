import { dirname } from 'node:path';
import { createNodesFromFiles, type CreateNodes } from '@nx/devkit';
import { inferTargets } from './infer-targets.ts';

/** Gives every project its targets by what it contains, so that a `project.json` says only its name and its tags. */
export const createNodes: CreateNodes = [
  '{apps,libs,tools}/**/project.json',
  (files, options, context) =>
    createNodesFromFiles(
      (file) => {
        const root = dirname(file);
        return { projects: { [root]: { targets: inferTargets(root, context.workspaceRoot) } } };
      },
      files,
      options,
      context,
    ),
];
