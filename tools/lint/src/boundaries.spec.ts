import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { layers, readProjects, type Layer, type Project } from '#tools/architecture';
import { constraints } from './boundaries.ts';
import { lintAs, type Planted, type Report } from './planted.ts';

const root = join(import.meta.dirname, '../../..');

describe('The boundaries', () => {
  const projects = readProjects(root);
  // A project without an entry point, such as a plugin for a runner, cannot be imported at all.
  const libs = projects.filter(
    (project) => project.root.startsWith('libs/') && existsSync(join(root, project.root, 'src/index.ts')),
  );

  it('constrain tags that projects have, and no others', () => {
    const tags = new Set(projects.flatMap((project) => project.tags));
    const contexts = [...tags].filter((tag) => tag.startsWith('context:')).map((tag) => tag.slice('context:'.length));

    const named = constraints(contexts, 'tests').flatMap((one) => [one.sourceTag, ...one.onlyDependOnLibsWithTags]);

    expect(named.filter((tag) => !tags.has(tag))).to.deep.equal([]);
  });

  it('let every project import what the table allows it, and nothing else', async function () {
    this.timeout(60_000);
    const everything = libs.map((lib) => `import '#${lib.root.slice('libs/'.length)}';`);
    const sources = projects.map((source): Planted => {
      const others = everything.filter((_, index) => libs[index] !== source);
      return { standsAt: `${source.root}/src/imports-everything.ts`, text: others.join('\n'), expected: [] };
    });
    const lint = lintAs(sources, root);

    for (const [index, source] of projects.entries()) {
      const reports = await lint(sources[index] as Planted);
      const refusals = (line: number): readonly Report[] =>
        reports.filter((one) => one.line === line && isBoundary(one));
      const wrong = libs
        .filter((lib) => lib !== source)
        .filter((target, line) =>
          mayImport(source, target) ? refusals(line + 1).some(isNoCycle) : refusals(line + 1).length === 0,
        );

      expect(
        wrong.map(({ name }) => name),
        `what ${source.name} may import`,
      ).to.deep.equal([]);
    }
  });
});

/** The rule in plain words, for comparison with what Nx makes of it. */
function mayImport(source: Project, target: Project): boolean {
  const [from, to] = [layerOf(source), layerOf(target)];
  const seesContext = ['context:shared', contextOf(source)].includes(contextOf(target)) || to === 'contracts';
  return layers[from].imports.includes(to) && (seesContext || contextOf(source) === 'context:shared');
}

function layerOf({ tags }: Project): Layer {
  return tags.find((tag) => tag.startsWith('layer:'))?.slice('layer:'.length) as Layer;
}

function contextOf({ tags }: Project): string {
  return tags.find((tag) => tag.startsWith('context:')) ?? '';
}

function isBoundary({ rule }: Report): boolean {
  return rule === '@nx/enforce-module-boundaries';
}

/** Whether an allowed import makes a cycle depends on what is imported today. */
function isNoCycle({ message }: Report): boolean {
  return !message.includes('need each other');
}
