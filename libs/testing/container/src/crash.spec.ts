import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { ContainerTest } from './container-test.ts';
import { intercepted, type Interception } from './port-call.ts';

abstract class Notes {
  abstract write(note: string): Promise<void>;
  abstract inOne(work: (notes: Notes) => Promise<void>): Promise<void>;
}

/** Remembers how often it was used, in memory. */
class Notary {
  readonly #notes: Notes;
  written = 0;

  constructor(notes: Notes) {
    this.#notes = notes;
  }

  async note(text: string): Promise<void> {
    try {
      await this.#notes.write(text);
    } finally {
      this.written += 1;
    }
  }

  async noteTogether(...texts: readonly string[]): Promise<void> {
    await this.#notes.inOne(async (notes) => {
      for (const text of texts) await notes.write(text);
    });
  }
}

class NotaryTest extends ContainerTest {
  readonly kept: string[] = [];

  protected modules() {
    return [
      new ContainerModule(({ bind }) => {
        bind(Notes).toConstantValue({ write: () => Promise.reject(new Error('no paper')), inOne: async () => {} });
        bind(Notary).toResolvedValue((notes) => new Notary(notes), [Notes]);
      }),
    ];
  }

  protected override setUp(): void {
    const notes: Notes = {
      write: async (note) => void this.kept.push(note),
      inOne: async (work) => {
        await work(notes);
        this.kept.push('end');
      },
    };
    this.override(Notes, notes);
  }
}

const t = NotaryTest.install();

describe('A crash', () => {
  it(
    'leaves the doubles and a new container, and no memory of the process',
    t.test(async ({ get, crash, kept, calls }) => {
      const before = await get(Notary);
      await before.note('first');

      await crash();
      const after = await get(Notary);
      await after.note('second');

      expect(after.written).to.equal(1);
      expect(kept).to.deep.equal(['first', 'second']);
      expect(calls(Notes)).to.have.lengthOf(2);
    }),
  );

  it(
    'stops the code of the dead process where it waits for a port',
    t.test(async ({ get, crash, kept, script }) => {
      const gate = Promise.withResolvers<void>();
      script(Notes, 'write').answersBehind({ passed: () => gate.promise });
      const notary = await get(Notary);
      const open = notary.note('under way');

      await crash();
      gate.resolve();

      expect(await Promise.race([open.then(() => 'answered'), turns(5)])).to.equal('still waiting');
      expect(notary.written).to.equal(0);
      expect(kept).to.deep.equal(['under way']);
    }),
  );
});

describe('An interception', () => {
  it(
    'stands at the calls of ports and where callbacks hand back their answers, in its context only',
    t.test(async ({ get }) => {
      const seen: string[] = [];
      const interception: Interception = {
        calls: (call, proceed) => {
          seen.push(call.what);
          return proceed();
        },
        answers: async (call, answer) => {
          await answer;
          seen.push(`answer to ${call.what}`);
        },
      };
      const notary = await get(Notary);

      await intercepted(interception, () => notary.noteTogether('a', 'b'));
      await notary.note('c');

      expect(seen).to.deep.equal(['Notes.inOne', 'Notes.write', 'Notes.write', 'answer to Notes.inOne']);
    }),
  );

  it(
    'inside of another one is nearer to the adapter',
    t.test(async ({ get, kept }) => {
      const naming = (name: string): Interception => ({
        calls: (_, proceed) => {
          kept.push(name);
          return proceed();
        },
      });
      const notary = await get(Notary);

      await intercepted(naming('outer'), () => intercepted(naming('inner'), () => notary.note('it')));

      expect(kept).to.deep.equal(['outer', 'inner', 'it']);
    }),
  );
});

function turns(count: number): Promise<string> {
  return count === 0 ? Promise.resolve('still waiting') : Promise.resolve().then(() => turns(count - 1));
}
