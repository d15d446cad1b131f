import type { Socket } from 'node:net';
import type { AcceptConnection, Connection as SshConnection, ServerChannel } from 'ssh2';
import type { RecordedExec } from '../playback/recorded-exec.ts';
import type { RecordedShell } from '../playback/recorded-shell.ts';
import { authenticate, type Access } from './authentication.ts';
import type { DeviceLog, Session } from './device-log.ts';
import { execSession } from './exec-session.ts';
import type { Faults } from './faults.ts';
import type { Line } from './line.ts';
import { shellSession } from './shell-session.ts';

/** What the device brings along for one visitor. `track` is told of everything that runs until the visitor is gone. */
export type Visit = {
  readonly socket: Socket;
  readonly access: Access;
  readonly exec: RecordedExec;
  readonly newShell: () => RecordedShell;
  readonly isConfigurationCommand: (command: string) => boolean;
  readonly faults: () => Faults;
  readonly log: DeviceLog;
  readonly track: (running: Promise<never>, signal: AbortSignal) => void;
};

type Run = (line: Line, log: Session) => Promise<never>;

/** Serves one SSH connection: login, then any number of shell and exec channels. */
export function serve(connection: SshConnection, visit: Visit): void {
  const { access, exec, newShell, faults, log } = visit;
  connection.on('error', () => {});
  connection.on('authentication', (context) => authenticate(context, access, faults(), log));
  connection.on('session', (accept) => {
    const session = accept();
    session.on('pty', (acceptTerminal) => acceptTerminal());
    session.on('shell', (open) => {
      openChannel(visit, { over: 'shell', open, run: (line, entry) => shellSession(line, newShell(), entry) });
    });
    session.on('exec', (open, _, { command }) => {
      openChannel(visit, { over: 'exec', open, run: (line, entry) => execSession(line, exec, entry, command) });
    });
  });
}

function openChannel(
  { socket, isConfigurationCommand, faults, log, track }: Visit,
  { over, open, run }: { over: Session['over']; open: AcceptConnection<ServerChannel>; run: Run },
): void {
  const entry: Session = { over, typed: [] };
  log.sessions.push(entry);
  if (faults().silentAt === 'channel') return;
  const channel = open();
  const gone = new AbortController();
  const end = (): void => gone.abort();
  channel.on('close', end).on('error', () => {});
  socket.on('close', end);
  const breakOff: Line['breakOff'] = (how) => (how === 'reset' ? socket.resetAndDestroy() : socket.end());
  const line = { channel, faults, isConfigurationCommand, breakOff, signal: gone.signal };
  track(run(line, entry), gone.signal);
}
