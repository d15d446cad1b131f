import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '#tools/command';
import { expect } from 'chai';
import { wrongQuotations } from './quotations.ts';

const source = "it('adds', () => {\n    const sum = 1 + 1;\n    expect(sum).to.equal(2);\n  });\n";

function pageQuoting(file: string, quoted: string): { file: string; text: string } {
  return { file: 'page.md', text: `# A page\n\n\`\`\`ts title="${file}"\n${quoted}\n\`\`\`\n\nMore.\n` };
}

const read = (file: string): string | undefined => (file === 'sum.spec.ts' ? source : undefined);

describe('A listing in the documents', () => {
  it('is in the file that it names, however far it is indented there', () => {
    const page = pageQuoting('sum.spec.ts', 'const sum = 1 + 1;\nexpect(sum).to.equal(2);');

    expect(wrongQuotations(page, read)).to.deep.equal([]);
  });

  it('is told when the file says something else by now', () => {
    const page = pageQuoting('sum.spec.ts', 'const sum = 1 + 2;');

    expect(wrongQuotations(page, read)).to.deep.equal([
      'page.md quotes what sum.spec.ts does not say (any more), beginning with: const sum = 1 + 2;',
    ]);
  });

  it('is told when it is but a part of a line', () => {
    expect(wrongQuotations(pageQuoting('sum.spec.ts', 'const sum = 1'), read)).to.have.lengthOf(1);
  });

  it('is told when there is no such file', () => {
    expect(wrongQuotations(pageQuoting('gone.ts', 'x'), read)).to.deep.equal([
      'page.md quotes gone.ts, and there is no such file.',
    ]);
  });

  it('is right on every page', () => {
    const pages = globSync('docs/**/*.md', { cwd: workspaceRoot });
    const readHere = (file: string): string | undefined =>
      existsSync(join(workspaceRoot, file)) ? readFileSync(join(workspaceRoot, file), 'utf8') : undefined;

    expect(pages).to.not.deep.equal([]);
    expect(
      pages.flatMap((file) =>
        wrongQuotations({ file, text: readFileSync(join(workspaceRoot, file), 'utf8') }, readHere),
      ),
    ).to.deep.equal([]);
  });
});
