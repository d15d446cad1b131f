import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { workflowScenario, type Program, type WorkflowScenario } from '../program.ts';

type State = 'open' | 'booked' | 'failed';

/** Everything can be said twice. What undoes is not stopped by whoever has stopped the rest. */
abstract class Trips {
  abstract open(id: string, signal: AbortSignal): Promise<void>;
  abstract openOnes(signal: AbortSignal): Promise<readonly string[]>;
  abstract close(id: string, state: State, signal?: AbortSignal): Promise<void>;
}

abstract class Hotel {
  abstract hold(trip: string, signal: AbortSignal): Promise<void>;
  abstract free(trip: string): Promise<void>;
}

abstract class Airline {
  abstract hold(trip: string, signal: AbortSignal): Promise<void>;
  abstract free(trip: string): Promise<void>;
}

class InMemoryTrips implements Trips {
  readonly states = new Map<string, State>();

  async open(id: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.states.set(id, 'open');
  }

  async openOnes(signal: AbortSignal): Promise<readonly string[]> {
    signal.throwIfAborted();
    return [...this.states].flatMap(([id, state]) => (state === 'open' ? [id] : []));
  }

  async close(id: string, state: State, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.states.set(id, state);
  }
}

class InMemoryHolds implements Hotel, Airline {
  readonly held = new Set<string>();

  async hold(trip: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.held.add(trip);
  }

  async free(trip: string): Promise<void> {
    this.held.delete(trip);
  }
}

class BookTrip {
  readonly #trips: Trips;
  readonly #hotel: Hotel;
  readonly #airline: Airline;

  constructor(trips: Trips, hotel: Hotel, airline: Airline) {
    this.#trips = trips;
    this.#hotel = hotel;
    this.#airline = airline;
  }

  async execute(id: string, signal: AbortSignal): Promise<void> {
    await this.#trips.open(id, signal);
    try {
      await this.#hotel.hold(id, signal);
      await this.#airline.hold(id, signal);
      await this.#trips.close(id, 'booked', signal);
    } catch (error) {
      await this.compensate(id);
      await this.#trips.close(id, 'failed');
      throw error;
    }
  }

  /** What the next process does first. */
  async resume(signal: AbortSignal): Promise<void> {
    for (const id of await this.#trips.openOnes(signal)) {
      await this.free(id);
      await this.#trips.close(id, 'failed');
    }
  }

  protected async compensate(_id: string): Promise<void> {}

  protected async free(id: string): Promise<void> {
    await this.#hotel.free(id);
    await this.#airline.free(id);
  }
}

class BookTripOrUndo extends BookTrip {
  protected override async compensate(id: string): Promise<void> {
    await this.free(id);
  }
}

function scenario(UseCase: typeof BookTrip): WorkflowScenario {
  return workflowScenario({
    world: () => ({ trips: new InMemoryTrips(), hotel: new InMemoryHolds(), airline: new InMemoryHolds() }),
    modules: ({ trips, hotel, airline }) => [
      new ContainerModule(({ bind }) => {
        bind(Trips).toConstantValue(trips);
        bind(Hotel).toConstantValue(hotel);
        bind(Airline).toConstantValue(airline);
        bind(UseCase).toResolvedValue(
          (trips, hotel, airline) => new UseCase(trips, hotel, airline),
          [Trips, Hotel, Airline],
        );
      }),
    ],
    workflow: async (get, signal) => (await get(UseCase)).execute('Rome', signal),
    recover: async (get, signal) => (await get(UseCase)).resume(signal),
    check: ({ trips, hotel, airline }) => {
      const isBooked = trips.states.get('Rome') === 'booked';
      expect([hotel.held.has('Rome'), airline.held.has('Rome')]).to.deep.equal([isBooked, isBooked]);
    },
  });
}

export const missingCompensation: Program = {
  name: 'missing compensation',
  fault: 'a trip that could not be booked keeps the room that was held for it',
  found: 'faults',
  faulty: scenario(BookTrip),
  correct: scenario(BookTripOrUndo),
};
