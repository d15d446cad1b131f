import { AsyncTestBase } from '#testing/lifecycle';
import { InMemoryScheduleForecast } from './in-memory-schedule-forecast.ts';
import { scheduleForecastContract } from './schedule-forecast.contract.ts';

const t = AsyncTestBase.install();

scheduleForecastContract.holdsFor(
  InMemoryScheduleForecast,
  t.opens(({ signal }) => {
    const forecast = new InMemoryScheduleForecast();
    return { forecast, signal, plan: async (jobType, job) => forecast.expect(jobType, job) };
  }),
);
