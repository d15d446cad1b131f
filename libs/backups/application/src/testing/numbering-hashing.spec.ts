import { itBehavesLikeHashing } from './hashing.contract.ts';
import { NumberingHashing } from './numbering-hashing.ts';

describe('NumberingHashing', () => {
  itBehavesLikeHashing(() => new NumberingHashing());
});
