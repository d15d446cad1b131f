import type { SchedulerControl } from '../ports/scheduler-control.ts';

/** Has the workers claim again. */
export class ResumeScheduler {
  readonly #control: SchedulerControl;

  constructor(control: SchedulerControl) {
    this.#control = control;
  }

  async execute(_command: Record<never, never>, { signal }: { signal: AbortSignal }): Promise<void> {
    await this.#control.resume(signal);
  }
}
