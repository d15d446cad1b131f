import { expect } from 'chai';
import { contractFaults, type ContractRules } from './contract-faults.ts';

/** A context that keeps every rule: a port of two methods, its suite, a mock and a real adapter, each held to it. */
const healthy: Readonly<Record<string, string>> = {
  'package.json': '{ "imports": { "#notes": "./notes/index.ts", "#notes/testing": "./notes/testing/index.ts" } }',
  'notes/notes.ts': `export abstract class Notes {
    abstract add(note: string): Promise<void>;
    abstract all(): Promise<readonly string[]>;
  }`,
  'notes/index.ts': `export { Notes } from './notes.ts';`,
  'notes/testing/notes.contract.ts': `import { Notes } from '../notes.ts';
    export const notesContract = contract(Notes, (open: () => Notes) => {
      it('keeps what was added', () => {});
    });`,
  'notes/testing/index.ts': `export { notesContract } from './notes.contract.ts';
    export * from './in-memory-notes.ts';`,
  'notes/testing/in-memory-notes.ts': `import type { Notes } from '../notes.ts';
    export class InMemoryNotes implements Notes {}`,
  'notes/testing/in-memory-notes.spec.ts': `import { InMemoryNotes } from './in-memory-notes.ts';
    import { notesContract } from './notes.contract.ts';
    notesContract.holdsFor(InMemoryNotes, () => new InMemoryNotes());`,
  'files/file-notes.ts': `import { Notes } from '#notes';
    export class FileNotes extends Notes {}`,
  'files/file-notes.spec.ts': `import { notesContract } from '#notes/testing';
    import { FileNotes } from './file-notes.ts';
    describe('FileNotes', () => {
      const folder = useFolder();
      notesContract.holdsFor(FileNotes, () => new FileNotes(folder));
    });`,
};

/** What is said about the healthy context after some of its files were replaced, added, or taken away (null). */
function faultsWith(changes: Readonly<Record<string, string | null>>, rules?: ContractRules): readonly string[] {
  const files = Object.entries({ ...healthy, ...changes }).filter((file): file is [string, string] => file[1] !== null);
  const sources = new Map(files.map(([path, text]) => [`/repo/${path}`, text]));
  return contractFaults(sources, rules).map(
    ({ path, line, problem }) => `${path.replace('/repo/', '')}:${line} ${problem}`,
  );
}

describe('contractFaults', () => {
  it('says nothing where every port has a suite, and every adapter is held to it', () => {
    expect(faultsWith({})).to.deep.equal([]);
  });

  it('says where the suite of a port is missing, and how one begins', () => {
    const faults = faultsWith({ 'clock.ts': 'export abstract class Clock { abstract now(): Date; }' });

    expect(faults).to.deep.equal([
      'clock.ts:1 The port Clock has no suite. Say what it promises: export const clockContract = ' +
        'contract(Clock, (open: () => Clock) => { it(...) }).',
    ]);
  });

  it('says which adapter is not held to the suite of its port, and how it would be', () => {
    const faults = faultsWith({ 'files/file-notes.spec.ts': null });

    expect(faults).to.deep.equal([
      'files/file-notes.ts:2 FileNotes is not held to the suite of its port. ' +
        'Call notesContract.holdsFor(FileNotes, ...) in its spec.',
    ]);
  });

  const unheld: Readonly<Record<string, string>> = {
    'a mock': `import { Notes } from '#notes'; export class SlowNotes implements Notes {}`,
    'a subclass of an adapter': `import { InMemoryNotes } from '#notes/testing'; export class SlowNotes extends InMemoryNotes {}`,
    'a class by way of an abstract base':
      `import { Notes } from '#notes'; export abstract class Slow extends Notes { wait() {} }` +
      ` export class SlowNotes extends Slow {}`,
    'an import under another name': `import { Notes as Port } from '#notes'; export class SlowNotes extends Base implements Port {}`,
  };
  for (const [what, text] of Object.entries(unheld)) {
    it(`finds ${what}`, () => {
      const faults = faultsWith({ 'notes/testing/slow-notes.ts': text });

      expect(faults).to.have.lengthOf(1);
      expect(faults[0]).to.include('SlowNotes is not held to the suite of its port.');
    });
  }

  it('asks that an adapter be exported that no spec could name', () => {
    const faults = faultsWith({ 'x.ts': `import { Notes } from '#notes'; class HiddenNotes implements Notes {}` });

    expect(faults).to.have.lengthOf(1);
    expect(faults[0]).to.include('Export it. Call notesContract.holdsFor(HiddenNotes, ...)');
  });

  it('tells two adapters of the same name apart', () => {
    const faults = faultsWith({
      'other/in-memory-notes.ts': `import { Notes } from '#notes'; export class InMemoryNotes implements Notes {}`,
    });

    expect(faults).to.have.lengthOf(1);
    expect(faults[0]).to.match(/^other\/in-memory-notes\.ts:1 InMemoryNotes is not held/);
  });

  it('does not take a call for one that nothing runs', () => {
    const faults = faultsWith({
      'files/file-notes.spec.ts': null,
      'files/file-notes.test.ts': healthy['files/file-notes.spec.ts'] ?? '',
    });

    expect(faults).to.have.lengthOf(2);
    expect(faults[0]).to.include('FileNotes is not held to the suite of its port.');
    expect(faults[1]).to.equal(
      'files/file-notes.test.ts:5 Nothing runs this notesContract.holdsFor. Call it in a spec (*.spec.ts).',
    );
  });

  it('is told which files a runner loads', () => {
    const renamed = {
      'files/file-notes.spec.ts': null,
      'files/file-notes.test.ts': healthy['files/file-notes.spec.ts']!,
    };

    expect(faultsWith(renamed, { isSpec: (path) => /\.(spec|test)\.ts$/.test(path) })).to.deep.equal([]);
  });

  it('finds a suite without a test, and one whose tests are in functions of other files', () => {
    const suite = `import { Notes } from '../notes.ts';
      import { itKeeps } from './keeping.ts';
      export const notesContract = contract(Notes, (open: () => Notes) => {
        describe('keeping', () => itKeeps(open));
      });`;
    const keeping = (body: string) => ({
      'notes/testing/notes.contract.ts': suite,
      'notes/testing/keeping.ts': `export function itKeeps(open) { ${body} }`,
    });

    expect(faultsWith(keeping(`it('keeps', () => {});`))).to.deep.equal([]);
    expect(faultsWith(keeping('open();'))).to.deep.equal([
      'notes/testing/notes.contract.ts:3 notesContract has no test. Say in an `it` what its port promises.',
    ]);
  });

  it('finds a suite that no adapter is held to', () => {
    const faults = faultsWith({
      'clock.ts': 'export abstract class Clock { abstract now(): Date; }',
      'clock.contract.ts': `import { Clock } from './clock.ts';
        export const clockContract = contract(Clock, () => it('goes on', () => {}));`,
    });

    expect(faults).to.deep.equal([
      'clock.contract.ts:2 No adapter is held to clockContract. Call its holdsFor in a spec, or delete it.',
    ]);
  });

  it('finds a second suite of the same port, with the adapters that are not held to it', () => {
    const faults = faultsWith({
      'more.contract.ts': `import { Notes } from '#notes';
        export const moreContract = contract(Notes, () => it('says more', () => {}));`,
    });

    expect(faults[0]).to.equal(
      'more.contract.ts:2 moreContract is the second suite of Notes. Make it one with notesContract.',
    );
    expect(faults.filter((fault) => fault.includes('moreContract.holdsFor'))).to.have.lengthOf(2);
  });

  it('finds a suite of something that is no port', () => {
    const faults = faultsWith({
      'x.contract.ts': `import { InMemoryNotes } from '#notes/testing';
        export const xContract = contract(InMemoryNotes, () => it('is there', () => {}));`,
      'x.spec.ts': `import { InMemoryNotes } from '#notes/testing'; import { xContract } from './x.contract.ts';
        xContract.holdsFor(InMemoryNotes, () => {});`,
    });

    expect(faults).to.have.lengthOf(1);
    expect(faults[0]).to.include('The first argument of xContract is no port.');
  });

  it('asks for a name where an adapter cannot be read', () => {
    const faults = faultsWith({
      'x.spec.ts': `import { notesContract } from '#notes/testing';
        for (const Adapter of all()) notesContract.holdsFor(Adapter, () => new Adapter());`,
    });

    expect(faults).to.deep.equal(['x.spec.ts:2 Give notesContract.holdsFor an adapter by the name of its class.']);
  });

  it('holds the adapters of a port without members of its own to the port above it', () => {
    const kind = {
      'kind.ts': `import { Notes } from '#notes';
        export abstract class ShoppingNotes extends Notes {}
        export class FileShoppingNotes implements ShoppingNotes {}`,
    };
    const held = `import { notesContract } from '#notes/testing'; import { FileShoppingNotes } from './kind.ts';
      notesContract.holdsFor(FileShoppingNotes, () => new FileShoppingNotes());`;

    expect(faultsWith({ ...kind, 'kind.spec.ts': held })).to.deep.equal([]);
    expect(faultsWith(kind)).to.have.lengthOf(1);
  });

  it('asks for a mock adapter of a port of several methods, and not for one of a single method', () => {
    const unmocked = {
      'notes/testing/in-memory-notes.ts': null,
      'notes/testing/in-memory-notes.spec.ts': null,
      'notes/testing/index.ts': `export { notesContract } from './notes.contract.ts';`,
    };
    const single = { 'notes/notes.ts': 'export abstract class Notes { abstract add(note: string): Promise<void>; }' };

    expect(faultsWith(unmocked)).to.deep.equal([
      'notes/notes.ts:1 The port Notes has 2 methods and no mock adapter. Write one in a folder named testing.',
    ]);
    expect(faultsWith({ ...unmocked, ...single })).to.deep.equal([]);
  });

  it('takes for no port what has code of its own, is not exported, or is a test base', () => {
    const faults = faultsWith({
      'base.ts': 'export abstract class Base { abstract one(): void; two() {} }',
      'hidden.ts': 'abstract class Hidden { abstract one(): void; }',
      'x.spec.ts': 'export abstract class Local { abstract one(): void; }',
      'testing/workflow-test.ts': 'export abstract class WorkflowTest { abstract modules(): void; }',
    });

    expect(faults).to.deep.equal([]);
  });

  it('excepts a class where it stands, and no other of that name', () => {
    const except = [{ name: 'FileNotes', file: 'elsewhere/file-notes.ts', because: 'it is written by hand' }];

    expect(faultsWith({ 'files/file-notes.spec.ts': null }, { except })).to.have.lengthOf(2);
  });

  it('passes over what is excepted, and says which exception is not needed', () => {
    const except = [{ name: 'FileNotes', file: 'files/file-notes.ts', because: 'it is written by hand' }];

    expect(faultsWith({ 'files/file-notes.spec.ts': null }, { except })).to.deep.equal([]);
    expect(faultsWith({}, { except })).to.deep.equal([
      'files/file-notes.ts:1 FileNotes needs no exception. Delete it.',
    ]);
  });
});
