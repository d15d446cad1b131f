import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { err, ok, type Result } from '#kernel';
import { workflowScenario, type Program, type WorkflowScenario } from '../program.ts';

type Busy = { readonly kind: 'Busy' };

abstract class ConfigSource {
  abstract collect(device: string, signal: AbortSignal): Promise<string>;
}

abstract class Versions {
  abstract store(device: string, config: string, signal: AbortSignal): Promise<void>;
}

class InMemoryVersions implements Versions {
  readonly stored = new Map<string, string>();

  async store(device: string, config: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.stored.set(device, config);
  }
}

/** How many backups a process runs at the same time. */
class Slots {
  #free = 1;

  take(): boolean {
    if (this.#free === 0) return false;
    this.#free -= 1;
    return true;
  }

  give(): void {
    this.#free += 1;
  }
}

class RunBackup {
  protected readonly slots: Slots;
  readonly #source: ConfigSource;
  readonly #versions: Versions;

  constructor(slots: Slots, source: ConfigSource, versions: Versions) {
    this.slots = slots;
    this.#source = source;
    this.#versions = versions;
  }

  async execute(device: string, signal: AbortSignal): Promise<Result<void, Busy>> {
    if (!this.slots.take()) return err({ kind: 'Busy' });
    await this.backUp(device, signal);
    this.slots.give();
    return ok();
  }

  protected async backUp(device: string, signal: AbortSignal): Promise<void> {
    await this.#versions.store(device, await this.#source.collect(device, signal), signal);
  }
}

class RunBackupAndGiveBack extends RunBackup {
  override async execute(device: string, signal: AbortSignal): Promise<Result<void, Busy>> {
    if (!this.slots.take()) return err({ kind: 'Busy' });
    try {
      await this.backUp(device, signal);
    } finally {
      this.slots.give();
    }
    return ok();
  }
}

function scenario(UseCase: typeof RunBackup): WorkflowScenario {
  return workflowScenario({
    world: () => new InMemoryVersions(),
    modules: (versions) => [
      new ContainerModule(({ bind }) => {
        bind(ConfigSource).toConstantValue({ collect: async (device) => `hostname ${device}` });
        bind(Versions).toConstantValue(versions);
        bind(Slots).toResolvedValue(() => new Slots());
        bind(UseCase).toResolvedValue(
          (slots, source, versions) => new UseCase(slots, source, versions),
          [Slots, ConfigSource, Versions],
        );
      }),
    ],
    workflow: async (get, signal) => (await get(UseCase)).execute('r1', signal),
    check: ({ stored }) => expect(stored.get('r1')).to.equal('hostname r1'),
  });
}

export const leakedSlot: Program = {
  name: 'leaked slot',
  fault: 'a backup that fails keeps its slot, so that no other one is run until the process ends',
  found: 'faults',
  faulty: scenario(RunBackup),
  correct: scenario(RunBackupAndGiveBack),
};
