import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { raceScenario, type Program, type RaceScenario } from '../program.ts';

type Show = { readonly version: number; readonly sold: readonly string[] };

abstract class Shows {
  abstract find(): Promise<Show>;
  /** Answers whether the show still had that version; nothing is sold otherwise. */
  abstract sell(guest: string, version: number): Promise<boolean>;
}

abstract class Mailer {
  abstract sendTicket(guest: string): Promise<void>;
}

class InMemoryShows implements Shows {
  #show: Show = { version: 1, sold: [] };
  readonly mails: string[] = [];

  async find(): Promise<Show> {
    return this.#show;
  }

  async sell(guest: string, version: number): Promise<boolean> {
    if (version !== this.#show.version) return false;
    this.#show = { version: version + 1, sold: [...this.#show.sold, guest] };
    return true;
  }
}

class SellTicket {
  protected readonly shows: Shows;
  protected readonly mailer: Mailer;

  constructor(shows: Shows, mailer: Mailer) {
    this.shows = shows;
    this.mailer = mailer;
  }

  async execute(guest: string): Promise<void> {
    for (;;) {
      const { version } = await this.shows.find();
      await this.mailer.sendTicket(guest);
      if (await this.shows.sell(guest, version)) return;
    }
  }
}

class SellAndSendTicket extends SellTicket {
  override async execute(guest: string): Promise<void> {
    for (;;) {
      const { version } = await this.shows.find();
      if (await this.shows.sell(guest, version)) break;
    }
    await this.mailer.sendTicket(guest);
  }
}

function scenario(UseCase: typeof SellTicket): RaceScenario {
  return raceScenario({
    world: () => new InMemoryShows(),
    modules: (shows) => [
      new ContainerModule(({ bind }) => {
        bind(Shows).toConstantValue(shows);
        bind(Mailer).toConstantValue({ sendTicket: async (guest) => void shows.mails.push(guest) });
        bind(UseCase).toResolvedValue((shows, mailer) => new UseCase(shows, mailer), [Shows, Mailer]);
      }),
    ],
    actors: async (get) => {
      const sell = await get(UseCase);
      return { ada: () => sell.execute('ada'), bob: () => sell.execute('bob') };
    },
    check: ({ mails }) => expect(mails.toSorted()).to.deep.equal(['ada', 'bob']),
  });
}

export const repeatedRetry: Program = {
  name: 'retry of what is not idempotent',
  fault: 'who loses a race begins anew, and sends the ticket a second time',
  found: 'orders',
  faulty: scenario(SellTicket),
  correct: scenario(SellAndSendTicket),
};
