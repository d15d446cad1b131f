import { expect } from 'chai';
import { layerNames, layers } from './layers.ts';
import { projectFaults } from './project-faults.ts';
import type { Project } from './projects.ts';

const folders = layerNames.map((layer) => layers[layer].folders[0]?.replace('*', 'sales') ?? '');

/** One project of every layer, all as they should be. */
function aWorkspace(): readonly Project[] {
  return folders.map((root, index) => {
    const layer = layerNames[index];
    const context = ['domain', 'contracts', 'application', 'infrastructure'].includes(layer ?? '') ? 'sales' : 'shared';
    const name = root.replace(/^(apps|libs)\//, '').replaceAll('/', '-');
    return { name, root, tags: [`layer:${layer}`, `context:${context}`], specs: 1 };
  });
}

function faultsWith(change: Partial<Project>, untested = {}): readonly string[] {
  const projects = aWorkspace().map((project) =>
    project.root === 'libs/sales/domain' ? { ...project, ...change } : project,
  );
  return projectFaults(projects, { untested });
}

describe('The projects of a workspace', () => {
  it('are without fault when folder, name and tags agree', () => {
    expect(faultsWith({})).to.deep.equal([]);
  });

  it('each have a layer', () => {
    expect(faultsWith({ tags: ['context:sales'] })).to.deep.equal([
      'libs/sales/domain is tagged [context:sales]: its folder says [layer:domain, context:sales].',
      'No project is tagged "layer:domain": its rules apply to nothing. Remove the layer from the table.',
    ]);
  });

  it('each have a context', () => {
    expect(faultsWith({ tags: ['layer:domain'] })).to.have.length(1);
  });

  it('have one layer and one context only', () => {
    expect(faultsWith({ tags: ['layer:domain', 'context:sales', 'context:shared'] })).to.have.length(1);
  });

  it('have the layer and the context of their folder', () => {
    expect(faultsWith({ tags: ['layer:domain', 'context:slaes'] })).to.deep.equal([
      'libs/sales/domain is tagged [layer:domain, context:slaes]: its folder says [layer:domain, context:sales].',
    ]);
  });

  it('have the name of their folder', () => {
    expect(faultsWith({ name: 'sales' })).to.deep.equal([
      'libs/sales/domain is called "sales": its folder says "sales-domain".',
    ]);
  });

  it('stand in a folder that belongs to a layer', () => {
    expect(faultsWith({ root: 'libs/sales/utils' })[0]).to.match(/^libs\/sales\/utils is in no folder of any layer/);
  });

  it('have specs', () => {
    expect(faultsWith({ specs: 0 })).to.deep.equal([
      'sales-domain has no spec: write one, or name it with a reason in tools/architecture/src/exceptions.ts.',
    ]);
  });

  it('may do without specs when they are listed', () => {
    expect(faultsWith({ specs: 0 }, { 'sales-domain': 'types only' })).to.deep.equal([]);
  });

  it('are not listed as untested once they have specs, or are gone', () => {
    const untested = { 'sales-domain': 'types only', 'gone-domain': 'types only' };

    expect(faultsWith({}, untested)).to.deep.equal([
      'sales-domain is listed as untested, but is not: take it off the list in tools/architecture/src/exceptions.ts.',
      'gone-domain is listed as untested, but is not: take it off the list in tools/architecture/src/exceptions.ts.',
    ]);
  });
});
