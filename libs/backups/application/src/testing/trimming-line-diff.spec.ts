import { lineDiffContract } from './line-diff.contract.ts';
import { TrimmingLineDiff } from './trimming-line-diff.ts';

lineDiffContract.holdsFor(TrimmingLineDiff, () => new TrimmingLineDiff());
