import { hashingContract } from './hashing.contract.ts';
import { NumberingHashing } from './numbering-hashing.ts';

hashingContract.holdsFor(NumberingHashing, () => new NumberingHashing());
