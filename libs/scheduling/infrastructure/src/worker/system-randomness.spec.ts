import { randomnessContract } from '#scheduling/application/testing';
import { SystemRandomness } from './system-randomness.ts';

randomnessContract.holdsFor(SystemRandomness, () => new SystemRandomness());
