import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { raceScenario, type Program, type RaceScenario } from '../program.ts';

type Moved = { readonly parcel: string; readonly place: string; readonly version: number };
type Whereabouts = Moved & { readonly address: string };

abstract class Depots {
  abstract addressOf(place: string): Promise<string>;
}

abstract class Tracking {
  abstract save(whereabouts: Whereabouts): Promise<void>;
  /** Leaves what is saved already when that is of a later version. */
  abstract saveIfNewer(whereabouts: Whereabouts): Promise<void>;
}

class InMemoryTracking implements Tracking {
  readonly parcels = new Map<string, Whereabouts>();

  async save(whereabouts: Whereabouts): Promise<void> {
    this.parcels.set(whereabouts.parcel, whereabouts);
  }

  async saveIfNewer(whereabouts: Whereabouts): Promise<void> {
    const saved = this.parcels.get(whereabouts.parcel);
    if (saved === undefined || saved.version < whereabouts.version) this.parcels.set(whereabouts.parcel, whereabouts);
  }
}

class ProjectMoved {
  readonly #depots: Depots;
  protected readonly tracking: Tracking;

  constructor(depots: Depots, tracking: Tracking) {
    this.#depots = depots;
    this.tracking = tracking;
  }

  async handle(event: Moved): Promise<void> {
    await this.save({ ...event, address: await this.#depots.addressOf(event.place) });
  }

  protected async save(whereabouts: Whereabouts): Promise<void> {
    await this.tracking.save(whereabouts);
  }
}

class ProjectMovedByVersion extends ProjectMoved {
  protected override async save(whereabouts: Whereabouts): Promise<void> {
    await this.tracking.saveIfNewer(whereabouts);
  }
}

function scenario(Handler: typeof ProjectMoved): RaceScenario {
  return raceScenario({
    world: () => new InMemoryTracking(),
    modules: (tracking) => [
      new ContainerModule(({ bind }) => {
        bind(Depots).toConstantValue({ addressOf: async (place) => `1 Main Street, ${place}` });
        bind(Tracking).toConstantValue(tracking);
        bind(Handler).toResolvedValue((depots, tracking) => new Handler(depots, tracking), [Depots, Tracking]);
      }),
    ],
    actors: async (get) => {
      const project = await get(Handler);
      return {
        'first event': () => project.handle({ parcel: 'P1', place: 'Bern', version: 1 }),
        'second event': () => project.handle({ parcel: 'P1', place: 'Geneva', version: 2 }),
      };
    },
    check: ({ parcels }) => expect(parcels.get('P1')?.place).to.equal('Geneva'),
  });
}

export const eventsOutOfOrder: Program = {
  name: 'out-of-order events',
  fault: 'an older event is saved over a newer one, because each is looked up for as long as it takes',
  found: 'orders',
  faulty: scenario(ProjectMoved),
  correct: scenario(ProjectMovedByVersion),
};
