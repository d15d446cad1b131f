export { callSite, withoutPlaces, nearestOwn, tellsOwnCode, withoutKitFrames, type CallSite } from './call-site.ts';
export {
  detectorNames,
  isOn,
  judge,
  startDetectors,
  switchedOff,
  type Detector,
  type DetectorName,
} from './detector.ts';
export { facts, factTopics, noteFact, type CountedFact, type Fact, type FactTopic } from './facts.ts';
export { openCall, openCalls, type OpenCall } from './open-calls.ts';
export { orphans } from './orphans.ts';
export { realPause, realTime, realTimer, realTurn } from './real-time.ts';
export { inTest, onLateFailure, outsideTests, RunningTest, runningTest, type LateFailure } from './running-test.ts';
export { isObedience, TestOver } from './test-over.ts';
export { releaseShared, shared } from './shared.ts';
export { isSkip, learnSkip } from './skips.ts';
export { stackBelow, type TakenStack } from './stack-below.ts';
export { together } from './together.ts';
export { offTheBooks, watchResources, type MadeResource, type ResourceWatcher } from './watch-resources.ts';
