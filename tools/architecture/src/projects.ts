import { globSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

export type Project = {
  readonly name: string;
  /** Its folder, from the root of the workspace, with forward slashes. */
  readonly root: string;
  readonly tags: readonly string[];
  readonly specs: number;
};

/** Every project of the workspace, by name, except the workspace itself. */
export function readProjects(workspaceRoot: string): readonly Project[] {
  const files = globSync('{apps,libs,tools}/**/project.json', { cwd: workspaceRoot, exclude: ['**/planted/**'] });
  const projects = files.map((file) => {
    const root = dirname(file).replaceAll(sep, '/');
    const { name, tags = [] } = JSON.parse(readFileSync(join(workspaceRoot, file), 'utf8')) as Partial<Project>;
    const specs = globSync('src/**/*.spec.ts', { cwd: join(workspaceRoot, root) }).length;
    return { name: name ?? '', root, tags, specs };
  });
  return projects.sort((a, b) => a.name.localeCompare(b.name));
}
