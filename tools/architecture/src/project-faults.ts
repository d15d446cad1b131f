import { matchesGlob } from 'node:path';
import { layerNames, layers, type Layer } from './layers.ts';
import type { Project } from './projects.ts';

/**
 * What is wrong with the projects, as sentences that say what to do. Lint trusts the tags: a project without them would
 * escape every rule, so folder, name and tags have to agree.
 */
export function projectFaults(
  projects: readonly Project[],
  { untested }: { readonly untested: Readonly<Record<string, string>> },
): readonly string[] {
  return [
    ...projects.flatMap(faultsOf),
    ...projects
      .filter(({ name, specs }) => specs === 0 && !Object.hasOwn(untested, name))
      .map(
        ({ name }) =>
          `${name} has no spec: write one, or name it with a reason in tools/architecture/src/exceptions.ts.`,
      ),
    ...Object.keys(untested)
      .filter((name) => !projects.some((project) => project.name === name && project.specs === 0))
      .map(
        (name) =>
          `${name} is listed as untested, but is not: take it off the list in tools/architecture/src/exceptions.ts.`,
      ),
    ...layerNames
      .filter((layer) => !projects.some(({ tags }) => tags.includes(`layer:${layer}`)))
      .map(
        (layer) =>
          `No project is tagged "layer:${layer}": its rules apply to nothing. Remove the layer from the table.`,
      ),
  ];
}

function faultsOf({ name, root, tags }: Project): readonly string[] {
  const layer = layerOf(root);
  if (layer === undefined)
    return [`${root} is in no folder of any layer: move it, or add its folder to tools/architecture/src/layers.ts.`];
  const expected = [`layer:${layer}`, `context:${contextOf(root, layer)}`];
  const faults: string[] = [];
  if (tags.length !== 2 || !expected.every((tag) => tags.includes(tag))) {
    faults.push(`${root} is tagged [${tags.join(', ')}]: its folder says [${expected.join(', ')}].`);
  }
  if (name !== nameOf(root)) faults.push(`${root} is called "${name}": its folder says "${nameOf(root)}".`);
  return faults;
}

/** Where the folders of two layers overlap, the later layer's hold, as in lint: `libs/testing/contracts` is of the kit. */
export function layerOf(root: string): Layer | undefined {
  return layerNames.findLast((layer) => layers[layer].folders.some((folder) => matchesGlob(root, folder)));
}

const OF_A_CONTEXT: readonly Layer[] = ['domain', 'contracts', 'application', 'infrastructure'];

function contextOf(root: string, layer: Layer): string {
  return OF_A_CONTEXT.includes(layer) ? (root.split('/')[1] ?? '') : 'shared';
}

/** The path with dashes; only tools keep the name of their top folder. */
function nameOf(root: string): string {
  return root.replace(/^(apps|libs)\//, '').replaceAll('/', '-');
}
