import { InMemoryUpkeepTest } from '../testing/in-memory-upkeep-test.ts';
import { everyEnd, upkeepFaults } from '../testing/upkeep-faults.ts';

const t = InMemoryUpkeepTest.install();

describe('Upkeep in memory, whatever fails,', () => {
  upkeepFaults(t, everyEnd);
});
