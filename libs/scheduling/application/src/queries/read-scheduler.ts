import type { SchedulerControl, SchedulerState } from '../ports/scheduler-control.ts';

export class ReadScheduler {
  readonly #control: SchedulerControl;

  constructor(control: SchedulerControl) {
    this.#control = control;
  }

  async execute(_query: Record<never, never>, { signal }: { signal: AbortSignal }): Promise<SchedulerState> {
    return this.#control.state(signal);
  }
}
