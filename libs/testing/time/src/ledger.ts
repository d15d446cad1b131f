import { realTime, watchResources, type MadeResource, type RunningTest } from '#testing/runtime';
import { heard } from './conversation.ts';
import { resourceKind, type ResourceKind } from './resource-kind.ts';
import { Trace } from './trace.ts';

/** Something that Node has made and not given up yet. */
export type Resource = {
  readonly type: string;
  readonly kind: ResourceKind;
  readonly test: RunningTest | undefined;
  readonly trace: Trace | undefined;
  readonly object: WeakRef<object>;
  readonly madeAt: number;
  /** When it was made, or called back last. */
  movedAt: number;
};

const live = new Map<number, Resource>();
const lastMoves = new WeakMap<RunningTest, number>();
let lastMoveOfNobody = -Infinity;
let watching = false;

/** From now on every resource of the process is in the books, promises and what the kit keeps off them left out. */
export function keepBooks(): void {
  if (watching) return;
  watching = true;
  watchResources({
    made: enter,
    calls: (id) => {
      const resource = live.get(id);
      if (resource === undefined) return;
      moved(resource);
      if (resource.kind === 'request') live.delete(id);
      const handle = resource.kind === 'socket' ? resource.object.deref() : undefined;
      if (handle) heard(handle);
    },
    gone: (id) => void live.delete(id),
  });
}

/** What is open, of every test. */
export function resources(): Iterable<readonly [id: number, resource: Resource]> {
  return live.entries();
}

/** Nobody will hear of this one again. */
export function giveUp(id: number): void {
  live.delete(id);
}

/** When something real happened to this test last, its timers left out; undefined is who belongs to no test. */
export function lastMove(test: RunningTest | undefined): number {
  return test === undefined ? lastMoveOfNobody : (lastMoves.get(test) ?? -Infinity);
}

function enter(made: MadeResource): void {
  const { id, type, triggerId, test } = made;
  const kind = resourceKind(type);
  const now = realTime.now();
  const resource: Resource = {
    type,
    // A connection that a server of this process was asked for waits for the one who asked.
    kind: kind === 'socket' && live.get(triggerId)?.type.endsWith('SERVERWRAP') ? 'passive' : kind,
    test,
    trace: kind === 'request' || kind === 'passive' ? undefined : new Trace(made.taken),
    object: new WeakRef(made.object),
    madeAt: now,
    movedAt: now,
  };
  live.set(id, resource);
  moved(resource);
}

function moved(resource: Resource): void {
  // A turn of the event loop is nothing that somebody outside may answer to.
  if (resource.kind === 'timer' || resource.type === 'Immediate') return;
  const now = (resource.movedAt = realTime.now());
  if (resource.test === undefined) lastMoveOfNobody = now;
  else lastMoves.set(resource.test, now);
}
