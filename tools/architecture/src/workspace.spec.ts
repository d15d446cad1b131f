import { globSync, readFileSync } from 'node:fs';
import { dirname, join, matchesGlob } from 'node:path';
import { expect } from 'chai';
import { untested } from './exceptions.ts';
import { layersTable } from './layers-table.ts';
import { packages } from './packages.ts';
import { projectFaults } from './project-faults.ts';
import { readProjects } from './projects.ts';

const root = join(import.meta.dirname, '../../..');

describe('This workspace', () => {
  it('has projects whose folders, names, tags and specs are as they should be', () => {
    const projects = readProjects(root);

    expect(projects).not.to.have.length(0);
    expect(projectFaults(projects, { untested })).to.deep.equal([]);
  });

  it('says for every dependency who may use it', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
    const installed = Object.keys({ ...dependencies, ...devDependencies });
    const isListed = (name: string): boolean =>
      Object.hasOwn(packages, name) || Object.hasOwn(packages, `${name.split('/')[0]}/*`);

    expect(installed.filter((name) => !isListed(name) && !withoutImport.test(name))).to.deep.equal([]);
  });

  it('lists no package that is not installed', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
    const installed = Object.keys({ ...dependencies, ...devDependencies });
    const isInstalled = (name: string): boolean =>
      installed.some((one) => one === name || one.startsWith(name.replace('*', '')));

    expect(Object.keys(packages).filter((name) => !isInstalled(name))).to.deep.equal([]);
  });

  it('depends on no package that nobody imports where it is allowed', () => {
    const sources = globSync('{apps,libs,tools}/*/**/*.ts', { cwd: root, exclude: ['**/planted/**'] });
    const imports = (file: string, name: string): boolean =>
      readFileSync(join(root, file), 'utf8').includes(`from '${name.replace('*', '')}`);

    const idle = Object.entries(packages).filter(
      ([name, places]) =>
        !sources.some((file) => places.some((place) => matchesGlob(file, place)) && imports(file, name)),
    );

    expect(idle.map(([name]) => name)).to.deep.equal([]);
  });

  it('keeps the scripts of its package.json from becoming targets, where test would run test', () => {
    const { nx } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      nx?: { includedScripts?: unknown };
    };

    expect(nx?.includedScripts).to.deep.equal([]);
  });

  it('compares the migrations of every context with its rows', () => {
    const contexts = globSync('libs/*/infrastructure/src/migrations', { cwd: root }).map((folder) => dirname(folder));
    const compares = (sources: string): boolean =>
      globSync('**/*.int.spec.ts', { cwd: join(root, sources) }).some((spec) =>
        readFileSync(join(root, sources, spec), 'utf8').includes('await schemaDrift('),
      );

    expect(contexts).not.to.have.length(0);
    expect(contexts.filter((sources) => !compares(sources))).to.deep.equal([]);
  });

  it('shows its layers in the README as they are', () => {
    const readme = readFileSync(join(root, 'tools/architecture/README.md'), 'utf8');

    expect(unaligned(readme)).to.include(layersTable());
  });
});

type Manifest = Readonly<Record<'dependencies' | 'devDependencies', Readonly<Record<string, string>>>>;

/** Commands, a peer dependency of Inversify, a driver that BullMQ loads, and types. */
const withoutImport = /^(ioredis|nx|prettier|reflect-metadata|@types\/.*)$/;

/** The formatter aligns the columns of a table. */
function unaligned(markdown: string): string {
  return markdown.replaceAll(/ {2,}/g, ' ').replaceAll(/-{3,}/g, '---');
}
