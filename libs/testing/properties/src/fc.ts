import { noteFact } from '#testing/runtime';
import fc from 'fast-check';
import { seedOfData } from './seed.ts';

const seed = seedOfData(process.env);
noteFact({ topic: 'seed', text: `generated values come from ${seed} (LOCKSTEP_TEST_DATA_SEED=${seed} repeats them)` });
fc.configureGlobal({ seed });

/** fast-check, whose values come from a seed that the report of the run names. */
export { fc };
