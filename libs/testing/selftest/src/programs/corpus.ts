import { ignoredAbort } from './faults/ignored-abort.ts';
import { leakedSlot } from './faults/leaked-slot.ts';
import { missingCompensation } from './faults/missing-compensation.ts';
import { missingIdempotencyKey } from './faults/missing-idempotency-key.ts';
import { swallowedError } from './faults/swallowed-error.ts';
import { tornOutbox } from './faults/torn-outbox.ts';
import { cancelAgainstShip } from './orders/cancel-against-ship.ts';
import { changedAndBack } from './orders/changed-and-back.ts';
import { closedInUse } from './orders/closed-in-use.ts';
import { doubleClaim } from './orders/double-claim.ts';
import { doubleRefresh } from './orders/double-refresh.ts';
import { doubleSubmit } from './orders/double-submit.ts';
import { editOverEdit } from './orders/edit-over-edit.ts';
import { eventsOutOfOrder } from './orders/events-out-of-order.ts';
import { givenUpSilently } from './orders/given-up-silently.ts';
import { lateAnswer } from './orders/late-answer.ts';
import { listenerTooLate } from './orders/listener-too-late.ts';
import { lockOrder } from './orders/lock-order.ts';
import { lostUpdate } from './orders/lost-update.ts';
import { lostWakeUp } from './orders/lost-wake-up.ts';
import { poolExhausted } from './orders/pool-exhausted.ts';
import { readSkew } from './orders/read-skew.ts';
import { repeatedRetry } from './orders/repeated-retry.ts';
import { sharedBuffer } from './orders/shared-buffer.ts';
import { staleCache } from './orders/stale-cache.ts';
import { staleLease } from './orders/stale-lease.ts';
import { takenName } from './orders/taken-name.ts';
import { writeSkew } from './orders/write-skew.ts';
import type { Program } from './program.ts';

/** Faults of the kinds that business code really has. */
export const corpus: readonly Program[] = [
  lostUpdate,
  takenName,
  doubleRefresh,
  doubleClaim,
  cancelAgainstShip,
  eventsOutOfOrder,
  lockOrder,
  lostWakeUp,
  readSkew,
  writeSkew,
  editOverEdit,
  lateAnswer,
  staleCache,
  doubleSubmit,
  staleLease,
  sharedBuffer,
  poolExhausted,
  closedInUse,
  listenerTooLate,
  repeatedRetry,
  changedAndBack,
  givenUpSilently,
  missingIdempotencyKey,
  missingCompensation,
  leakedSlot,
  tornOutbox,
  ignoredAbort,
  swallowedError,
];
