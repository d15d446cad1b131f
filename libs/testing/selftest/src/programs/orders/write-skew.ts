import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { err, ok, type Result } from '#kernel';
import { raceScenario, type Program, type RaceScenario } from '../program.ts';

type Row = { readonly version: number; readonly isAdmin: boolean };
type LastAdmin = { readonly kind: 'LastAdmin' };

/** What is read inside of a transaction is as it was at its begin, and rows that others have written since fail its end. */
abstract class Team {
  abstract admins(): Promise<readonly string[]>;
  abstract dismiss(name: string): Promise<void>;
  /** Counts as written by this transaction. */
  abstract touch(): Promise<void>;
}

abstract class TeamTransaction {
  abstract run<T, E>(work: (team: Team) => Promise<Result<T, E>>, signal: AbortSignal): Promise<Result<T, E>>;
}

class SnapshotTeam implements Team {
  readonly read: ReadonlyMap<string, Row>;
  readonly written = new Map<string, Row>();

  constructor(rows: ReadonlyMap<string, Row>) {
    this.read = new Map(rows);
  }

  async admins(): Promise<readonly string[]> {
    return [...this.read].flatMap(([name, { isAdmin }]) => (isAdmin ? [name] : []));
  }

  async dismiss(name: string): Promise<void> {
    this.#write(name, false);
  }

  async touch(): Promise<void> {
    this.#write('team', false);
  }

  #write(name: string, isAdmin: boolean): void {
    this.written.set(name, { version: (this.read.get(name)?.version ?? 0) + 1, isAdmin });
  }
}

class InMemoryTeamTransaction implements TeamTransaction {
  readonly rows = new Map<string, Row>([
    ['ada', { version: 1, isAdmin: true }],
    ['bob', { version: 1, isAdmin: true }],
  ]);

  async run<T, E>(work: (team: Team) => Promise<Result<T, E>>): Promise<Result<T, E>> {
    const team = new SnapshotTeam(this.rows);
    const done = await work(team);
    if (!done.ok) return done;
    const isTaken = [...team.written.keys()].some((name) => this.rows.get(name) !== team.read.get(name));
    if (isTaken) throw new Error('Someone else has written that row meanwhile.');
    for (const [name, row] of team.written) this.rows.set(name, row);
    return done;
  }
}

class StepDown {
  readonly #transaction: TeamTransaction;

  constructor(transaction: TeamTransaction) {
    this.#transaction = transaction;
  }

  async execute(name: string, signal: AbortSignal): Promise<Result<void, LastAdmin>> {
    return await this.#transaction.run(async (team) => {
      await this.guard(team);
      if ((await team.admins()).length < 2) return err({ kind: 'LastAdmin' });
      await team.dismiss(name);
      return ok();
    }, signal);
  }

  protected async guard(_team: Team): Promise<void> {}
}

class StepDownOneByOne extends StepDown {
  protected override async guard(team: Team): Promise<void> {
    await team.touch();
  }
}

function scenario(UseCase: typeof StepDown): RaceScenario {
  return raceScenario({
    world: () => new InMemoryTeamTransaction(),
    modules: (transaction) => [
      new ContainerModule(({ bind }) => {
        bind(TeamTransaction).toConstantValue(transaction);
        bind(UseCase).toResolvedValue((transaction) => new UseCase(transaction), [TeamTransaction]);
      }),
    ],
    actors: async (get) => {
      const stepDown = await get(UseCase);
      return {
        ada: ({ signal }) => stepDown.execute('ada', signal),
        bob: ({ signal }) => stepDown.execute('bob', signal),
      };
    },
    check: ({ rows }) => expect([...rows.values()].some(({ isAdmin }) => isAdmin)).to.equal(true),
  });
}

export const writeSkew: Program = {
  name: 'write skew',
  fault: 'two admins step down in transactions that each see the other one stay',
  found: 'orders',
  faulty: scenario(StepDown),
  correct: scenario(StepDownOneByOne),
};
