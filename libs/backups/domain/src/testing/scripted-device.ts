import type { Dialogue, DialogueEvent, DialogueStep } from '../dialogue/dialogue.ts';

type Script = readonly (string | DialogueEvent)[];

/** Lets a dialogue hear these things one after the other, until it has come to its end; tells what it did each time. */
export function lead(dialogue: Dialogue, script: Script): { last: DialogueStep; typed: readonly string[] } {
  const typed: string[] = [];
  let last = dialogue.begin();
  for (const line of script) {
    if (last.kind === 'done' || last.kind === 'failed') break;
    last = dialogue.after(typeof line === 'string' ? { kind: 'text', text: line, bytes: line.length } : line);
    if (last.kind === 'send') typed.push(last.text);
    if (last.kind === 'run') typed.push(last.command);
  }
  return { last, typed };
}

export const CLOSED: DialogueEvent = { kind: 'closed', how: 'orderly' };
export const LOST: DialogueEvent = { kind: 'closed', how: 'lost' };
export const QUIET: DialogueEvent = { kind: 'quiet' };
export const SILENCE: DialogueEvent = { kind: 'silence' };
export const END_OF_FILE: DialogueEvent = { kind: 'endOfFile' };
export const SUCCESS: DialogueEvent = { kind: 'exitStatus', status: 0 };
