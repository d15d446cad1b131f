import { createProjectGraphAsync } from '@nx/devkit';
import { lintConfig } from './tools/lint/src/config.ts';

// Nx's boundary rule says nothing at all when there is no project graph. Asking for the graph here makes one.
const { nodes } = await createProjectGraphAsync();
const tags = Object.values(nodes).flatMap(({ data }) => data.tags ?? []);
const contexts = new Set(
  tags.filter((tag) => tag.startsWith('context:') && tag !== 'context:shared').map((tag) => tag.slice(8)),
);

export default lintConfig(import.meta.dirname, [...contexts]);
