import type { SchedulerControl } from '../ports/scheduler-control.ts';

export type PauseSchedulerCommand = { readonly by: string };

/** Has all workers claim nothing more, from their next look at the queue on; what runs goes on. */
export class PauseScheduler {
  readonly #control: SchedulerControl;

  constructor(control: SchedulerControl) {
    this.#control = control;
  }

  async execute({ by }: PauseSchedulerCommand, { signal }: { signal: AbortSignal }): Promise<void> {
    await this.#control.pause(by, signal);
  }
}
