export { modelOfRecording } from '../recording/model-of-recording.ts';
export { parseRecording } from '../recording/parse-recording.ts';
export { personalityOf, type Personality } from '../playback/personality.ts';
export { RecordedExec, type ExecAnswer } from '../playback/recorded-exec.ts';
export { RecordedShell, type ShellOutput } from '../playback/recorded-shell.ts';
export type { Exchange, Recording } from '../recording/recording.ts';
export { recordingsAtHand, type NamedRecording } from './recordings-at-hand.ts';
