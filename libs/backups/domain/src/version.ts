import { err, ok, type Id, type Result } from '#kernel';
import type { ContentHash } from './content-hash.ts';

export type VersionId = Id<'Version'>;

/** A configuration as it was received, with the hash of all its bytes and the hash of what counts as a change. */
export type Collected = {
  readonly deviceId: Id<'Device'>;
  readonly model: string;
  readonly contentHash: ContentHash;
  /** The hash of the text without its volatile lines, such as clocks and counters. */
  readonly significantHash: ContentHash;
  readonly bytes: number;
  /** When the device had answered completely. */
  readonly collectedAt: Date;
  readonly jobId: Id<'Job'>;
};

export type VersionSnapshot = Collected & {
  readonly id: VersionId;
  /** Counts the versions of one device from 1. */
  readonly sequence: number;
};

export type Unchanged = { readonly kind: 'Unchanged'; readonly since: Version };

/** What was collected before the latest version cannot follow it. */
export type Superseded = { readonly kind: 'Superseded'; readonly collectedAt: Date; readonly by: Date };

/** One configuration of one device that differs from the one before. It never changes. */
export class Version {
  readonly #facts: VersionSnapshot;

  private constructor(facts: VersionSnapshot) {
    this.#facts = facts;
  }

  /**
   * The version that follows `latest`, or the first. Refused when nothing but volatile lines has changed, and when `latest`
   * was collected later: of two runs that overlap, the one that ends last may bring the older configuration.
   */
  static following(
    latest: Version | null,
    collected: Collected,
    id: VersionId,
  ): Result<Version, Unchanged | Superseded> {
    if (latest === null) return ok(new Version({ ...collected, id, sequence: 1 }));
    if (latest.isStill(collected)) return err({ kind: 'Unchanged', since: latest });
    const { collectedAt } = collected;
    const by = latest.#facts.collectedAt;
    if (collectedAt < by) return err({ kind: 'Superseded', collectedAt, by });
    return ok(new Version({ ...collected, id, sequence: latest.#facts.sequence + 1 }));
  }

  static restore(snapshot: VersionSnapshot): Version {
    return new Version(snapshot);
  }

  get id(): VersionId {
    return this.#facts.id;
  }

  /** Equal bytes are no change even where a model has learned since which of its lines are volatile. */
  isStill({ deviceId, contentHash, significantHash }: Collected): boolean {
    if (deviceId !== this.#facts.deviceId) throw new Error('Versions of different devices do not follow each other.');
    return contentHash === this.#facts.contentHash || significantHash === this.#facts.significantHash;
  }

  snapshot(): VersionSnapshot {
    return this.#facts;
  }
}
