import type { RecordedExec } from '../playback/recorded-exec.ts';
import type { Session } from './device-log.ts';
import { hangUp, type Line } from './line.ts';
import { Outgoing } from './outgoing.ts';

/** One command in a channel of its own, with an exit status at the end. */
export async function execSession(line: Line, exec: RecordedExec, log: Session, command: string): Promise<never> {
  const { text, status } = exec.run(command);
  const outgoing = new Outgoing(line);
  log.typed.push(command);
  outgoing.begin(command);
  await outgoing.send(text);
  return hangUp(line, status);
}
