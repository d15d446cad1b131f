/** In how many cases a recurrence is compared with its oracle. 100,000 take about twenty seconds. */
export const ORACLE_CASES = Number(process.env['LOCKSTEP_TEST_RECURRENCES'] ?? 10_000);
