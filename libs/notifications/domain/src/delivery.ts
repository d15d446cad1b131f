import { err, ok, type Result } from '#kernel';
import { judge, type Answer, type Verdict } from './delivery-policy.ts';
import type { DeliveryId, EventId, SubscriptionId } from './ids.ts';

export type DeliverySnapshot = {
  readonly id: DeliveryId;
  readonly eventId: EventId;
  readonly subscriptionId: SubscriptionId;
  readonly state: 'waiting' | 'delivered' | 'dead';
  /** Attempts that were answered, or known to have failed, since it was made or last sent again by hand. */
  readonly attempts: number;
  /** How many times it was begun: each has attempts of its own, counted from 1. */
  readonly round: number;
  readonly dueAt: Date;
  /** How the last attempt ended: a status, or why there is none. */
  readonly lastAnswer: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
};

/** One attempt, as a job names it: of several jobs that name the same one, the first to come to its end counts. */
export type AttemptName = { readonly deliveryId: DeliveryId; readonly round: number; readonly attempt: number };

export type DeliveryNotFound = { readonly kind: 'DeliveryNotFound'; readonly deliveryId: DeliveryId };
export type DeliveryWaiting = { readonly kind: 'DeliveryWaiting'; readonly deliveryId: DeliveryId };

/** One event for one subscription. */
export class Delivery {
  #state: DeliverySnapshot;

  private constructor(state: DeliverySnapshot) {
    this.#state = state;
  }

  static of(facts: Pick<DeliverySnapshot, 'id' | 'eventId' | 'subscriptionId'>, now: Date): Delivery {
    const begun = { attempts: 0, round: 1, lastAnswer: null, finishedAt: null };
    return new Delivery({ ...facts, ...begun, state: 'waiting', dueAt: now, createdAt: now });
  }

  static restore(snapshot: DeliverySnapshot): Delivery {
    return new Delivery(snapshot);
  }

  snapshot(): DeliverySnapshot {
    return this.#state;
  }

  /** The attempt that it waits for; null when it has ended. */
  get next(): AttemptName | null {
    const { id: deliveryId, round, attempts, state } = this.#state;
    return state === 'waiting' ? { deliveryId, round, attempt: attempts + 1 } : null;
  }

  awaits({ round, attempt }: AttemptName): boolean {
    return this.next?.round === round && this.next.attempt === attempt;
  }

  /** Counts the attempt that it waited for. A delivery that has ended takes no answer: ask {@link awaits} first. */
  answered(answer: Answer, now: Date): Verdict {
    const { id, state } = this.#state;
    if (state !== 'waiting') throw new Error(`The delivery ${id} is ${state} and awaits no answer.`);
    const attempts = this.#state.attempts + 1;
    const verdict = judge(answer, { id, attempts });
    const told = { attempts, lastAnswer: answer.kind === 'Answered' ? `status ${answer.status}` : answer.reason };
    if (verdict.kind === 'retry') this.#write({ ...told, dueAt: new Date(now.getTime() + verdict.inMs) });
    else this.#write({ ...told, state: verdict.kind === 'delivered' ? 'delivered' : 'dead', finishedAt: now });
    return verdict;
  }

  /** Lets it wait for the same attempt from now on. */
  postpone(now: Date): void {
    this.#write({ dueAt: now });
  }

  /** Ends it without another attempt, such as for a subscription that is not active. */
  giveUp(reason: string, now: Date): void {
    this.#write({ state: 'dead', lastAnswer: reason, finishedAt: now });
  }

  /** Begins it anew, with all of its attempts. */
  sendAgain(now: Date): Result<void, DeliveryWaiting> {
    const { id, state, round } = this.#state;
    if (state === 'waiting') return err({ kind: 'DeliveryWaiting', deliveryId: id });
    this.#write({ state: 'waiting', attempts: 0, round: round + 1, dueAt: now, finishedAt: null });
    return ok();
  }

  #write(facts: Partial<DeliverySnapshot>): void {
    this.#state = { ...this.#state, ...facts };
  }
}
