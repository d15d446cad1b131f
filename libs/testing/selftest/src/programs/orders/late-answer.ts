import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { Clock } from '#kernel';
import { raceScenario, type Program, type RaceScenario } from '../program.ts';

abstract class Hotel {
  abstract book(trip: string): Promise<void>;
  abstract cancel(trip: string): Promise<void>;
}

abstract class Trips {
  abstract close(trip: string, how: 'booked' | 'no hotel'): Promise<void>;
}

class Desk implements Hotel, Trips {
  readonly rooms = new Set<string>();
  readonly trips = new Map<string, 'booked' | 'no hotel'>();

  async book(trip: string): Promise<void> {
    this.rooms.add(trip);
  }

  async cancel(trip: string): Promise<void> {
    this.rooms.delete(trip);
  }

  async close(trip: string, how: 'booked' | 'no hotel'): Promise<void> {
    this.trips.set(trip, how);
  }
}

class BookTrip {
  protected readonly hotel: Hotel;
  readonly #trips: Trips;
  readonly #clock: Clock;

  constructor(hotel: Hotel, trips: Trips, clock: Clock) {
    this.hotel = hotel;
    this.#trips = trips;
    this.#clock = clock;
  }

  async execute(trip: string): Promise<void> {
    using deadline = this.#clock.deadline(30_000);
    const isLate = new Promise<'late'>((resolve) =>
      deadline.signal.addEventListener('abort', () => resolve('late'), { once: true }),
    );
    const booking = this.hotel.book(trip);
    if ((await Promise.race([booking, isLate])) !== 'late') return await this.#trips.close(trip, 'booked');
    await this.#trips.close(trip, 'no hotel');
    await this.takeBack(trip, booking);
  }

  protected async takeBack(_trip: string, booking: Promise<void>): Promise<void> {
    await booking;
  }
}

class BookTripOrCancel extends BookTrip {
  protected override async takeBack(trip: string, booking: Promise<void>): Promise<void> {
    await booking;
    await this.hotel.cancel(trip);
  }
}

function scenario(UseCase: typeof BookTrip): RaceScenario {
  return raceScenario({
    world: () => new Desk(),
    modules: (desk, clock) => [
      new ContainerModule(({ bind }) => {
        bind(Clock).toConstantValue(clock);
        bind(Hotel).toConstantValue(desk);
        bind(Trips).toConstantValue(desk);
        bind(UseCase).toResolvedValue((hotel, trips, clock) => new UseCase(hotel, trips, clock), [Hotel, Trips, Clock]);
      }),
    ],
    actors: async (get) => {
      const book = await get(UseCase);
      return { ada: () => book.execute('Rome'), bob: () => book.execute('Oslo') };
    },
    check: ({ rooms, trips }) => {
      for (const [trip, how] of trips) expect(rooms.has(trip), trip).to.equal(how === 'booked');
    },
  });
}

export const lateAnswer: Program = {
  name: 'late answer after a time-out',
  fault: 'a trip is closed without a hotel, and the room is booked when its answer comes late',
  found: 'orders',
  needsTime: true,
  faulty: scenario(BookTrip),
  correct: scenario(BookTripOrCancel),
};
