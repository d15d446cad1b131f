import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { raceScenario, type Program, type RaceScenario } from '../program.ts';

abstract class Disk {
  abstract write(chunk: string): Promise<void>;
  abstract close(): Promise<void>;
}

class InMemoryDisk implements Disk {
  readonly chunks: string[] = [];
  #isClosed = false;

  async write(chunk: string): Promise<void> {
    if (this.#isClosed) throw new Error('The disk is closed.');
    this.chunks.push(chunk);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
  }
}

/** Keeps uploads until it is closed; later ones are turned away. */
class Archive {
  protected readonly disk: Disk;
  readonly #uploads = new Set<Promise<void>>();
  #isClosing = false;

  constructor(disk: Disk) {
    this.disk = disk;
  }

  async keep(file: string): Promise<boolean> {
    if (this.#isClosing) return false;
    const upload = this.#write(file);
    this.#uploads.add(upload);
    await upload.finally(() => this.#uploads.delete(upload));
    return true;
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await this.drain([...this.#uploads]);
    await this.disk.close();
  }

  protected async drain(_uploads: readonly Promise<void>[]): Promise<void> {}

  async #write(file: string): Promise<void> {
    for (const part of ['head', 'body', 'end']) await this.disk.write(`${part} of ${file}`);
  }
}

class DrainedArchive extends Archive {
  protected override async drain(uploads: readonly Promise<void>[]): Promise<void> {
    await Promise.allSettled(uploads);
  }
}

abstract class Operator {
  abstract asksToStop(): Promise<void>;
}

function scenario(Service: typeof Archive): RaceScenario {
  return raceScenario({
    world: () => new InMemoryDisk(),
    modules: (disk) => [
      new ContainerModule(({ bind }) => {
        bind(Disk).toConstantValue(disk);
        bind(Operator).toConstantValue({ asksToStop: async () => {} });
        bind(Service).toResolvedValue((disk) => new Service(disk), [Disk]);
      }),
    ],
    actors: async (get) => {
      const [archive, operator] = [await get(Service), await get(Operator)];
      const stop = async (): Promise<void> => {
        await operator.asksToStop();
        await archive.close();
      };
      return { upload: () => archive.keep('r1.cfg'), operator: () => stop() };
    },
    check: ({ chunks }, outcomes) => {
      const upload = outcomes.of('upload');
      expect(upload.ended).to.equal('fulfilled');
      expect(chunks).to.have.lengthOf(upload.ended === 'fulfilled' && upload.value === true ? 3 : 0);
    },
  });
}

export const closedInUse: Program = {
  name: 'closed while in use',
  fault: 'an archive is closed under an upload that has begun, of which a part is kept',
  found: 'orders',
  faulty: scenario(Archive),
  correct: scenario(DrainedArchive),
};
