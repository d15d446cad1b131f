import { err, ok, type Result } from '#kernel';
import type { SubscriptionId } from './ids.ts';
import type { WebhookUrl } from './webhook-url.ts';

/** A signing secret, unreadable but for the vault that sealed it. */
export type SealedSecret = { readonly keyId: string; readonly bytes: Uint8Array };

/** Why a subscription is told nothing: a person said so, its receiver answered 410 Gone, or nothing got through for days. */
export type Disabled = 'by hand' | 'gone' | 'failing';

export type SubscriptionSnapshot = {
  readonly id: SubscriptionId;
  readonly url: string;
  readonly eventTypes: readonly string[];
  /** Null while it is active. */
  readonly disabled: Disabled | null;
  readonly secret: SealedSecret;
  /** The secret before the last rotation, and until when deliveries are signed with it as well. */
  readonly previous: { readonly secret: SealedSecret; readonly until: Date } | null;
  /** Since when no delivery has got through; null when the last one did. */
  readonly failingSince: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly changedAt: Date;
};

export type SubscriptionNotFound = { readonly kind: 'SubscriptionNotFound'; readonly subscriptionId: SubscriptionId };
export type StaleSubscription = {
  readonly kind: 'StaleSubscription';
  readonly subscriptionId: SubscriptionId;
  readonly version: number;
};

export type NewSubscription = Pick<SubscriptionSnapshot, 'id' | 'eventTypes' | 'secret'> & { readonly url: WebhookUrl };
export type SubscriptionChanges = {
  readonly url?: WebhookUrl;
  readonly eventTypes?: readonly string[];
  readonly active?: boolean;
};

/** After this long without a delivery that got through, a subscription is disabled. */
export const FAILING_FOR_LONG_MS = 5 * 86_400_000;
/** How long deliveries are signed with the secret before a rotation as well, so that receivers can follow. */
export const ROTATION_MS = 86_400_000;

/** Who is told which events, and where. */
export class Subscription {
  #state: SubscriptionSnapshot;

  private constructor(state: SubscriptionSnapshot) {
    this.#state = state;
  }

  static create({ url, eventTypes, ...facts }: NewSubscription, now: Date): Subscription {
    const known = { disabled: null, previous: null, failingSince: null };
    const types = normal(eventTypes);
    return new Subscription({
      ...facts,
      ...known,
      url: url.text,
      eventTypes: types,
      version: 1,
      createdAt: now,
      changedAt: now,
    });
  }

  static restore(snapshot: SubscriptionSnapshot): Subscription {
    return new Subscription(snapshot);
  }

  snapshot(): SubscriptionSnapshot {
    return this.#state;
  }

  get isActive(): boolean {
    return this.#state.disabled === null;
  }

  change(
    { basedOn, changes: { url, eventTypes, active } }: { basedOn: number; changes: SubscriptionChanges },
    now: Date,
  ): Result<void, StaleSubscription> {
    if (basedOn !== this.#state.version) return this.#stale(basedOn);
    this.#write(now, {
      ...(url && { url: url.text }),
      ...(eventTypes && { eventTypes: normal(eventTypes) }),
      ...(active === false && { disabled: this.#state.disabled ?? 'by hand' }),
      // Whoever activates it again means it: it gets as long as a new one.
      ...(active === true && !this.isActive && { disabled: null, failingSince: null }),
    });
    return ok();
  }

  rotate({ basedOn, secret }: { basedOn: number; secret: SealedSecret }, now: Date): Result<void, StaleSubscription> {
    if (basedOn !== this.#state.version) return this.#stale(basedOn);
    const previous = { secret: this.#state.secret, until: new Date(now.getTime() + ROTATION_MS) };
    this.#write(now, { secret, previous });
    return ok();
  }

  /** The secrets that a delivery is signed with now, the newest first. */
  secretsAt(now: Date): readonly SealedSecret[] {
    const { secret, previous } = this.#state;
    return previous !== null && now < previous.until ? [secret, previous.secret] : [secret];
  }

  /** What the fate of a delivery means for the subscription. True when that changed it. */
  note(fate: 'got through' | 'failed' | 'gone', now: Date): boolean {
    const { failingSince } = this.#state;
    if (!this.isActive) return false;
    if (fate === 'got through') return failingSince !== null && this.#write(now, { failingSince: null });
    if (fate === 'gone') return this.#write(now, { disabled: 'gone', failingSince: failingSince ?? now });
    if (failingSince === null) return this.#write(now, { failingSince: now });
    const isForLong = now.getTime() - failingSince.getTime() >= FAILING_FOR_LONG_MS;
    return isForLong && this.#write(now, { disabled: 'failing' });
  }

  #write(now: Date, facts: Partial<SubscriptionSnapshot>): true {
    this.#state = { ...this.#state, ...facts, version: this.#state.version + 1, changedAt: now };
    return true;
  }

  #stale(version: number): Result<never, StaleSubscription> {
    return err({ kind: 'StaleSubscription', subscriptionId: this.#state.id, version });
  }
}

function normal(eventTypes: readonly string[]): readonly string[] {
  return [...new Set(eventTypes)].toSorted();
}
