import { AsyncTestBase } from '#testing/lifecycle';
import { shared } from '#testing/runtime';
import { TemporaryFolder } from '#testing/system';
import { expect } from 'chai';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findProblemCodes } from './testing/find-problem-codes.ts';

const REPOSITORY = resolve(import.meta.dirname, '../../..');
/** Where problems can be made: only these may import what answers with them. */
const EDGES = ['libs/*/infrastructure/src/**/*.ts', 'libs/platform/http/src/**/*.ts', 'apps/*/src/**/*.ts'];
/** The compiler reads the whole service. */
const COMPILING_MS = 120_000;

describe('docs/errors.md', () => {
  it('lists every problem code of the source, each once, and no other', function () {
    this.timeout(COMPILING_MS);
    const page = readFileSync(join(REPOSITORY, 'docs/errors.md'), 'utf8');
    const listed = [...page.matchAll(/^\| `([a-z-]+)` /gm)].map(([, code]) => code);

    const { codes, unreadable } = findProblemCodes(REPOSITORY, EDGES);

    expect(unreadable, 'write the code of a problem as a literal where the problem is made').to.deep.equal([]);
    expect(listed.toSorted()).to.deep.equal(codes);
  });
});

const PROBLEM = `type Problem = { status: number; code: string; detail: string };
declare function send(problem: Problem): void; declare const text: string; declare const yes: boolean;
`;

const readable = {
  'is an argument': `send({ status: 404, code: 'argument', detail: '' });`,
  'is returned': `const f = (): Problem => ({ status: 404, code: 'returned', detail: '' });`,
  'waits in a variable': `const p = { code: 'waits', status: 404, detail: '', more: 1 }; send(p);`,
  'names its code elsewhere': `const code = 'elsewhere'; send({ status: 404, code, detail: '' });`,
  'is extended': `const p: Problem = { status: 1, code: 'extended', detail: '' }; send({ ...p, detail: 'more' });`,
  'has one of two codes': `send({ status: 404, code: yes ? 'one' : 'two', detail: '' });`,
};

const unreadable = {
  'is put together': `send({ status: 404, code: text + '-not-found', detail: '' });`,
  'is put together from a template': 'send({ status: 404, code: `${text}-not-found`, detail: "" });',
  'comes from elsewhere': `const code = text; send({ status: 404, code, detail: '' });`,
  'is spread in': `declare const rest: { code: string }; send({ status: 404, detail: '', ...rest });`,
  'is only claimed': `declare const anything: unknown; send(anything as Problem);`,
  'belongs to a class': `class Mine { status = 404; code = 'mine'; detail = ''; } send(new Mine());`,
};

/** The compiler looks through all of them at once. */
const searched = shared(
  async () => {
    await using folder = await TemporaryFolder.make();
    const options = { module: 'nodenext', strict: true, lib: ['es2023'], types: [] };
    writeFileSync(folder.at('tsconfig.base.json'), JSON.stringify({ compilerOptions: options }));
    for (const [name, source] of Object.entries({ ...readable, ...unreadable }))
      writeFileSync(folder.at(`${name}.ts`), `${PROBLEM}${source}\nexport {};\n`);
    return findProblemCodes(folder.path, ['*.ts']);
  },
  () => {},
);

const t = AsyncTestBase.install();

describe('the search for problem codes', function () {
  this.timeout(COMPILING_MS);

  it(
    `finds the code of a problem that ${Object.keys(readable).join(', ')}`,
    t.test(async () => {
      const { codes } = await searched();

      expect(codes).to.deep.equal(['argument', 'elsewhere', 'extended', 'one', 'returned', 'two', 'waits']);
    }),
  );

  it(
    `does not pass over a code that ${Object.keys(unreadable).join(', ')}`,
    t.test(async () => {
      const { unreadable: found } = await searched();

      expect(found.toSorted()).to.deep.equal(
        Object.keys(unreadable)
          .map((name) => `${name}.ts:3`)
          .toSorted(),
      );
    }),
  );
});
