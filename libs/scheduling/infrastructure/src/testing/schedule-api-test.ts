import { SequentialIds } from '#kernel/testing';
import { createHttpServer, type HttpServer } from '#platform/http';
import { testServerParts, withToken } from '#platform/http/testing';
import {
  ChangeSchedule,
  CreateSchedule,
  FindSchedule,
  JobAdmission,
  ListSchedules,
  PauseSchedule,
  PreviewPlan,
  PreviewSchedule,
  RemoveSchedule,
  ResumeSchedule,
} from '#scheduling/application';
import {
  InMemoryScheduleReader,
  InMemorySchedulesTransaction,
  InMemoryScheduleTable,
} from '#scheduling/application/testing';
import { InMemoryJobs } from '#scheduling/contracts/testing';
import { HttpTest } from '#testing/http';
import { ScheduleRoutes } from '../http/schedule-routes.ts';

const offered = [
  {
    name: 'test.run',
    problemWith: (payload: unknown) => (payload === 'wrong' ? 'is wrong' : null),
    refusalOf: async (payload: unknown) => (payload === 'absent' ? 'names what is not there' : null),
  },
];

/** The routes of schedules over adapters in memory, in process. People may ask for jobs of type `test.run`. */
export class ScheduleApiTest extends HttpTest {
  readonly table = new InMemoryScheduleTable();
  readonly #parts = testServerParts((on) => this.#routes().register(on));

  protected override async application(): Promise<HttpServer> {
    return (await createHttpServer(this.#parts)).server;
  }

  protected override defaults() {
    return { prefix: '/api/v1', headers: withToken };
  }

  #routes(): ScheduleRoutes {
    const { table, clock } = this;
    const ids = new SequentialIds();
    const types = { names: () => ['test.run', 'test.secret'] };
    const admission = new JobAdmission(types, ids, clock, offered);
    const transaction = new InMemorySchedulesTransaction({ table, clock, jobs: new InMemoryJobs('test.run') });
    const reader = new InMemoryScheduleReader(table);
    return new ScheduleRoutes({
      create: new CreateSchedule(transaction, admission, ids),
      list: new ListSchedules(reader),
      find: new FindSchedule(reader),
      change: new ChangeSchedule(transaction, admission),
      remove: new RemoveSchedule(transaction),
      pause: new PauseSchedule(transaction),
      resume: new ResumeSchedule(transaction),
      previewSchedule: new PreviewSchedule(reader),
      previewPlan: new PreviewPlan(clock),
    });
  }
}
