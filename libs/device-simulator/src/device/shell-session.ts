import type { RecordedShell } from '../playback/recorded-shell.ts';
import type { Session } from './device-log.ts';
import { Keyboard } from './keyboard.ts';
import { hangUp, silence, type Line } from './line.ts';
import { Outgoing } from './outgoing.ts';

/** A terminal on the device, over one channel, until the other side logs out or ends its input. */
export async function shellSession(line: Line, shell: RecordedShell, log: Session): Promise<never> {
  const keyboard = new Keyboard(line);
  const outgoing = new Outgoing(line);
  if (line.faults().silentAt === 'prompt') return silence(line.signal);
  await outgoing.send(shell.greeting());
  for (let open = true; open;) {
    const key = await keyboard.key();
    if (key === null) break;
    const { text, ran, closes } = shell.type(key);
    for (const command of ran) {
      log.typed.push(command);
      outgoing.begin(command);
    }
    if (text !== '') await outgoing.send(text);
    open = !closes;
  }
  if (line.faults().silentAt === 'logout') return silence(line.signal);
  return hangUp(line, 0);
}
