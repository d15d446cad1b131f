import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { workflowScenario, type Program, type WorkflowScenario } from '../program.ts';

abstract class Letters {
  abstract unsent(signal: AbortSignal): Promise<readonly string[]>;
  abstract markSent(letter: string, signal: AbortSignal): Promise<void>;
}

abstract class Mailer {
  abstract send(letter: string, signal: AbortSignal): Promise<void>;
}

class InMemoryLetters implements Letters, Mailer {
  readonly marked = new Set<string>();
  readonly sent = new Set<string>();

  async unsent(signal: AbortSignal): Promise<readonly string[]> {
    signal.throwIfAborted();
    return ['welcome'].filter((letter) => !this.marked.has(letter));
  }

  async markSent(letter: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.marked.add(letter);
  }

  async send(letter: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.sent.add(letter);
  }
}

class SendLetters {
  readonly #letters: Letters;
  protected readonly mailer: Mailer;

  constructor(letters: Letters, mailer: Mailer) {
    this.#letters = letters;
    this.mailer = mailer;
  }

  async execute(signal: AbortSignal): Promise<void> {
    for (const letter of await this.#letters.unsent(signal)) {
      await this.send(letter, signal);
      await this.#letters.markSent(letter, signal);
    }
  }

  protected async send(letter: string, signal: AbortSignal): Promise<void> {
    await this.mailer.send(letter, signal).catch(() => {});
  }
}

class SendLettersOrFail extends SendLetters {
  protected override async send(letter: string, signal: AbortSignal): Promise<void> {
    await this.mailer.send(letter, signal);
  }
}

function scenario(UseCase: typeof SendLetters): WorkflowScenario {
  return workflowScenario({
    world: () => new InMemoryLetters(),
    modules: (letters) => [
      new ContainerModule(({ bind }) => {
        bind(Letters).toConstantValue(letters);
        bind(Mailer).toConstantValue(letters);
        bind(UseCase).toResolvedValue((letters, mailer) => new UseCase(letters, mailer), [Letters, Mailer]);
      }),
    ],
    workflow: async (get, signal) => (await get(UseCase)).execute(signal),
    check: ({ marked, sent }) => {
      expect([...marked]).to.deep.equal(['welcome']);
      expect([...sent]).to.deep.equal(['welcome']);
    },
  });
}

export const swallowedError: Program = {
  name: 'swallowed error',
  fault: 'a letter that could not be sent is marked as sent',
  found: 'faults',
  faulty: scenario(SendLetters),
  correct: scenario(SendLettersOrFail),
};
