import type { Clock } from '#kernel';
import { expectOk, SequentialIds } from '#kernel/testing';
import {
  CreateSchedule,
  CreateStandingSchedules,
  FindSchedule,
  FireDueSchedules,
  ListSchedules,
  ScheduleJournal,
  type ScheduleView,
} from '#scheduling/application';
import { aScheduleText, RecordingScheduleJournal } from '#scheduling/application/testing';
import type { JobSnapshot, MissedRuns, ScheduleId, ScheduleText } from '#scheduling/domain';
import { ContainerTest } from '#testing/container';
import type { DataSource } from 'typeorm';
import { ClockTime } from '../database/queue-time.ts';
import { schedulesTestModule } from './schedules-surroundings.module.ts';

export const hourMs = 3_600_000;

/** Schedules as the modules wire them, over adapters that a subclass chooses. It is midnight, the first of January 2026. */
export abstract class WiredSchedulesTest extends ContainerTest {
  readonly ids = new SequentialIds();
  readonly journal = new RecordingScheduleJournal();
  /** How much the time that schedules go by was put forward, or back. */
  stepMs = 0;
  readonly wallClock: Clock = {
    now: () => new Date(this.clock.now().getTime() + this.stepMs),
    sleep: (milliseconds, signal) => this.clock.sleep(milliseconds, signal),
    deadline: (milliseconds, parent) => this.clock.deadline(milliseconds, parent),
  };
  readonly jobTypes = ['test.run', 'test.gone'];
  /** How many jobs may wait. */
  readonly capacity = 12;

  /** All jobs, asked for behind the back of the container. */
  abstract jobs(): Promise<readonly JobSnapshot[]>;

  /** A schedule that runs every hour, but for what `text` says. */
  async scheduled(text: Partial<ScheduleText> = {}): Promise<ScheduleView> {
    const create = await this.get(CreateSchedule);
    return expectOk(await create.execute(aScheduleText(text), { signal: this.signal }));
  }

  async schedule(id: ScheduleId): Promise<ScheduleView> {
    return expectOk(await (await this.get(FindSchedule)).execute({ id }, { signal: this.signal }));
  }

  /** What a worker does at its start: the names of the schedules that were not there. */
  async startWorker({ signal = this.signal } = {}): Promise<readonly string[]> {
    return (await (await this.get(CreateStandingSchedules)).execute({ signal })).created;
  }

  /** All schedules, which are at least one. */
  async schedules(): Promise<readonly [ScheduleView, ...ScheduleView[]]> {
    const { schedules } = await (await this.get(ListSchedules)).execute({ limit: 10 }, { signal: this.signal });
    const [first, ...others] = schedules;
    if (first === undefined) throw new Error('There are no schedules.');
    return [first, ...others];
  }

  /** What a scheduler does in one round. */
  async fire({ limit = 50, signal = this.signal } = {}): Promise<number> {
    return (await (await this.get(FireDueSchedules)).execute({ limit }, { signal })).ticks;
  }

  /** When the jobs that were submitted are due, without what is the same in all of them; in that order. */
  async times(): Promise<readonly string[]> {
    const times = (await this.jobs()).map(({ dueAt }) => dueAt.toISOString().replace(':00.000Z', ''));
    return times.sort();
  }

  /** The ticks that there are jobs of, by their keys. */
  async ticks(): Promise<readonly string[]> {
    const keys = (await this.jobs()).map(({ idempotencyKey }) => idempotencyKey?.split('/')[2] ?? 'by no schedule');
    return keys.map((key) => key.replace(':00.000Z', '')).sort();
  }

  protected override async setUp(): Promise<void> {
    this.override(ScheduleJournal, this.journal);
    await this.get(FireDueSchedules);
    await this.get(FindSchedule);
  }

  protected override modules() {
    const { clock, ids, jobTypes, capacity } = this;
    const source = this.source();
    const time = new ClockTime(this.wallClock);
    return [schedulesTestModule({ clock, ids, time, jobTypes, capacity, ...(source && { source }) })];
  }

  /** Where everything is stored; undefined where that is no database. */
  protected source(): DataSource | undefined {
    return undefined;
  }
}

/** A plan of every hour, with a policy. */
export function hourly(missed: MissedRuns, jitterMs = 0): Pick<ScheduleText, 'plan'> {
  return { plan: { ...aScheduleText().plan, missed, jitterMs } };
}
