import { itBehavesLikeALineDiff } from './line-diff.contract.ts';
import { TrimmingLineDiff } from './trimming-line-diff.ts';

describe('TrimmingLineDiff', () => {
  itBehavesLikeALineDiff(() => new TrimmingLineDiff());
});
