import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deviceModels, describeProof } from '#backups/domain';
import { expect } from 'chai';

const root = join(import.meta.dirname, '../../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const section = (title: string): string => readme.split(/^## /m).find((text) => text.startsWith(title)) ?? '';

describe('README.md', () => {
  it('shows the proof of completeness of every model as it is', () => {
    const rows = [...section('When is a configuration complete?').matchAll(/^\| `(.+?)` +\| (.+?) +\|$/gm)];

    expect(rows.map(([, model, proof]) => [model, proof])).to.deep.equal(
      deviceModels.map((model) => [model.name, describeProof(model)]),
    );
  });

  it('names every project in its map', () => {
    const projects = globSync('{apps,libs,tools}/**/project.json', { cwd: root });
    const map = section('Map');
    const missing = projects.filter((file) => {
      const folders = file.split('/').slice(1, -1);
      return folders.some((folder) => !new RegExp(`\\b${folder}\\b`).test(map));
    });

    expect(projects.length).to.be.above(20);
    expect(missing).to.deep.equal([]);
  });

  it('leads the tour through seven files that are there', () => {
    const files = [...section('A reading tour').matchAll(/^\d+\. `(.+?)`/gm)].map(([, file]) => file ?? '');

    expect(files).to.have.length(7);
    expect(files.filter((file) => !existsSync(join(root, file)))).to.deep.equal([]);
  });

  it('names only commands that there are', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [...readme.matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => script ?? '');

    expect(named.length).to.be.above(5);
    expect(named.filter((script) => !(script in scripts))).to.deep.equal([]);
  });

  it('has figures, and says for each how to measure it', () => {
    const rows = [...section('Figures').matchAll(/^\|(?!\s*(?:What|-))(.+)\|$/gm)].map(([, row]) =>
      (row ?? '').split('|'),
    );

    expect(rows.length).to.be.above(2);
    expect(
      rows.filter((cells) => cells.length !== 3 || !/\d/.test(cells[1] ?? '') || cells[2]?.trim() === ''),
    ).to.deep.equal([]);
  });

  it('stays short enough to be read', () => {
    expect(readme.split('\n').length).to.be.at.most(150);
  });

  it('points to files that are there', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link]) => link ?? '');

    expect(links.filter((link) => !existsSync(join(root, link)))).to.deep.equal([]);
  });
});
