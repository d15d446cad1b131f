import type { ExpectedJob, ScheduleForecast } from '../schedule-forecast.ts';

/** The forecast as other contexts meet it: a test says what is to come. */
export class InMemoryScheduleForecast implements ScheduleForecast {
  readonly #expected: (ExpectedJob & { readonly jobType: string })[] = [];

  expect(jobType: string, job: ExpectedJob): void {
    this.#expected.push({ ...job, jobType });
  }

  async next(jobType: string, signal: AbortSignal): Promise<readonly ExpectedJob[]> {
    signal.throwIfAborted();
    return this.#expected
      .filter((expected) => expected.jobType === jobType)
      .map(({ jobType: _, ...job }) => job)
      .sort((one, other) => one.dueAt.getTime() - other.dueAt.getTime());
  }
}
