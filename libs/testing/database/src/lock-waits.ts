import type { Blocked } from '#testing/time';
import type { SeenSession } from './server-sessions.ts';
import type { Session } from './session.ts';

type Known = Pick<Session, 'pid' | 'isAnswered' | 'line'>;

/**
 * The statements that wait for a session which itself has nothing to do, or for such a wait. Whoever waits in a circle, or
 * behind one, is not among them, because the server ends a circle; nor is who waits for a session that is not known here.
 */
export function lockWaits(known: readonly Known[], seen: readonly SeenSession[]): readonly Blocked[] {
  const sessions = new Map(known.map((session) => [session.pid, session]));
  const still = new Set(
    seen.filter(({ pid, isIdle }) => isIdle && sessions.get(pid)?.isAnswered).map(({ pid }) => pid),
  );
  const blocked: Blocked[] = [];
  for (;;) {
    const next = seen.filter(
      ({ pid, blockers }) => !still.has(pid) && blockers.length > 0 && blockers.every((blocker) => still.has(blocker)),
    );
    if (next.length === 0) return blocked;
    for (const { pid, blockers } of next) {
      still.add(pid);
      const session = sessions.get(pid);
      if (session === undefined || session.isAnswered) continue;
      blocked.push({ line: session.line, by: blockers.map((blocker) => sessions.get(blocker)?.line).join(' and ') });
    }
  }
}
