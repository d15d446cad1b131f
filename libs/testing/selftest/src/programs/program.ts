import type { Clock } from '#kernel';
import type { OutcomeTable } from '#testing/concurrency';
import type { ContainerModule, ServiceIdentifier } from 'inversify';

/** Small code of the kind that businesses run on, twice: with a fault that is planted, and without. */
export type Program = {
  readonly name: string;
  readonly fault: string;
  /** How the fault shows: by a check that throws, unless told. */
  readonly shows?: 'a deadlock' | 'an ignored abort';
} & (
  | {
      readonly found: 'orders';
      /** Whether the passing of time is one of the steps. */
      readonly needsTime?: boolean;
      readonly faulty: RaceScenario;
      readonly correct: RaceScenario;
    }
  | { readonly found: 'faults'; readonly faulty: WorkflowScenario; readonly correct: WorkflowScenario }
);

export type Get = <T>(token: ServiceIdentifier<T>) => Promise<T>;

/** Those who act at the same time, by name. */
export type Actors = Readonly<Record<string, (at: { readonly signal: AbortSignal }) => Promise<unknown>>>;

/** Several actors in one world; whoever runs it decides in which order their port calls are made. */
export type RaceScenario = { begin(clock: Clock): BegunRace };

export type BegunRace = {
  readonly modules: readonly ContainerModule[];
  actors(get: Get): Promise<Actors>;
  /** Throws when something is broken that holds in every order. */
  check(outcomes: OutcomeTable): void;
};

/** One workflow, whose port calls may fail; whoever runs it decides which, and how. */
export type WorkflowScenario = { begin(): BegunWorkflow };

export type BegunWorkflow = {
  /** Those of a process, which may die: what outlives it is the same in those of the next one. */
  modules(): readonly ContainerModule[];
  workflow(get: Get, signal: AbortSignal): Promise<unknown>;
  /** What production does afterwards, in the same process or the next one; undefined where it does the same again. */
  readonly recover: ((get: Get, signal: AbortSignal) => Promise<unknown>) | undefined;
  /** Throws when something is broken that holds after every failure. */
  check(): void;
};

/** The parts of a scenario, each of which gets the world that is its own. */
export type RaceParts<W> = {
  world(clock: Clock): W;
  modules(world: W, clock: Clock): readonly ContainerModule[];
  actors(get: Get, world: W): Promise<Actors>;
  /** None where the fault is that someone waits for ever. */
  check?(world: W, outcomes: OutcomeTable): void;
};

export function raceScenario<W>({ world, modules, actors, check }: RaceParts<W>): RaceScenario {
  return {
    begin: (clock) => {
      const own = world(clock);
      return {
        modules: modules(own, clock),
        actors: (get) => actors(get, own),
        check: (outcomes) => check?.(own, outcomes),
      };
    },
  };
}

export type WorkflowParts<W> = {
  world(): W;
  modules(world: W): readonly ContainerModule[];
  workflow(get: Get, signal: AbortSignal): Promise<unknown>;
  recover?(get: Get, signal: AbortSignal): Promise<unknown>;
  check(world: W): void;
};

export function workflowScenario<W>({ world, modules, workflow, recover, check }: WorkflowParts<W>): WorkflowScenario {
  return {
    begin: () => {
      const own = world();
      return { modules: () => modules(own), workflow, recover, check: () => check(own) };
    },
  };
}
