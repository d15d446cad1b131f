export { callSite, nearestOwn, withoutKitFrames, type CallSite } from './call-site.ts';
export { detectorNames, isOn, switchedOff, type Detector, type DetectorName } from './detector.ts';
export { facts, factTopics, noteFact, type CountedFact, type Fact, type FactTopic } from './facts.ts';
export { openCall, openCalls, type OpenCall } from './open-calls.ts';
export { orphans } from './orphans.ts';
export { inTest, onLateFailure, outsideTests, RunningTest, runningTest, type LateFailure } from './running-test.ts';
export { releaseShared, shared } from './shared.ts';
