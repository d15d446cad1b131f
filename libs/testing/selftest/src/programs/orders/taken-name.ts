import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { err, ok, type Result } from '#kernel';
import { raceScenario, type Program, type RaceScenario } from '../program.ts';

type Member = { readonly name: string; readonly address: string };
type NameTaken = { readonly kind: 'NameTaken' };

abstract class Members {
  abstract isTaken(name: string): Promise<boolean>;
  abstract add(member: Member): Promise<void>;
  /** Answers whether the name was free; nothing is added otherwise. */
  abstract addUnlessTaken(member: Member): Promise<boolean>;
}

class InMemoryMembers implements Members {
  readonly all: Member[] = [];

  async isTaken(name: string): Promise<boolean> {
    return this.#has(name);
  }

  async add(member: Member): Promise<void> {
    this.all.push(member);
  }

  async addUnlessTaken(member: Member): Promise<boolean> {
    if (this.#has(member.name)) return false;
    this.all.push(member);
    return true;
  }

  #has(name: string): boolean {
    return this.all.some((member) => member.name === name);
  }
}

class SignUp {
  protected readonly members: Members;

  constructor(members: Members) {
    this.members = members;
  }

  async execute(member: Member): Promise<Result<void, NameTaken>> {
    if (await this.members.isTaken(member.name)) return err({ kind: 'NameTaken' });
    await this.members.add(member);
    return ok();
  }
}

class SignUpByConstraint extends SignUp {
  override async execute(member: Member): Promise<Result<void, NameTaken>> {
    return (await this.members.addUnlessTaken(member)) ? ok() : err({ kind: 'NameTaken' });
  }
}

function scenario(UseCase: typeof SignUp): RaceScenario {
  return raceScenario({
    world: () => new InMemoryMembers(),
    modules: (members) => [
      new ContainerModule(({ bind }) => {
        bind(Members).toConstantValue(members);
        bind(UseCase).toResolvedValue((members) => new UseCase(members), [Members]);
      }),
    ],
    actors: async (get) => {
      const signUp = await get(UseCase);
      return {
        ada: () => signUp.execute({ name: 'countess', address: 'ada@example.org' }),
        eve: () => signUp.execute({ name: 'countess', address: 'eve@example.org' }),
      };
    },
    check: ({ all }, outcomes) => {
      expect(all).to.have.lengthOf(1);
      outcomes.expect({ fulfilled: 1, 'refused NameTaken': 1 });
    },
  });
}

export const takenName: Program = {
  name: 'check-then-act uniqueness',
  fault: 'a name is looked up and then added, and both who looked found it free',
  found: 'orders',
  faulty: scenario(SignUp),
  correct: scenario(SignUpByConstraint),
};
