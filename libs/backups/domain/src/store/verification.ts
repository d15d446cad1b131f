import type { Id } from '#kernel';
import type { ContentHash } from '../content-hash.ts';
import { shardsIn, type PartOfStore } from './shards.ts';

/** `structure` looks whether all contents are there and long enough; `bytes` reads every one of them and hashes it. */
export type VerificationMode = 'structure' | 'bytes';

export type VerificationPlan = PartOfStore & { readonly mode: VerificationMode };

/**
 * What is wrong with a content. All but `unreferenced`, which nothing needs, are damages: versions cannot be read because of them.
 *
 * - `missing`: it is not there.
 * - `truncated`: its end is.
 * - `altered`: its bytes are others.
 * - `replaced`: they are those of another content, `by`.
 * - `sealed-by-other-key`: it cannot be opened with the master key.
 */
export type FindingKind = 'missing' | 'truncated' | 'altered' | 'replaced' | 'sealed-by-other-key' | 'unreferenced';

export type Finding = {
  readonly contentHash: ContentHash;
  readonly kind: FindingKind;
  readonly by: ContentHash | null;
  /** How many versions have this content. */
  readonly versions: number;
};

export type VerificationSnapshot = VerificationPlan & {
  /** That of the job. */
  readonly id: Id<'Job'>;
  readonly shardsDone: number;
  readonly contents: number;
  readonly bytes: number;
  readonly damaged: number;
  readonly unreferenced: number;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
};

/** What was seen of one shard. */
export type ShardSeen = { readonly contents: number; readonly bytes: number; readonly findings: readonly Finding[] };

/** A walk through a part of the store, which goes on where it was when it is interrupted. */
export class Verification {
  readonly #facts: VerificationSnapshot;

  private constructor(facts: VerificationSnapshot) {
    this.#facts = facts;
  }

  static begin(id: Id<'Job'>, { mode, part, of }: VerificationPlan, startedAt: Date): Verification {
    const nothing = { shardsDone: 0, contents: 0, bytes: 0, damaged: 0, unreferenced: 0 };
    return new Verification({ id, mode, part, of, ...nothing, startedAt, finishedAt: null });
  }

  static restore(snapshot: VerificationSnapshot): Verification {
    return new Verification(snapshot);
  }

  /** The shards that are still to be seen, in order. */
  get remaining(): readonly number[] {
    return shardsIn(this.#facts).slice(this.#facts.shardsDone);
  }

  /** How many shards there are in all. */
  get total(): number {
    return shardsIn(this.#facts).length;
  }

  /** Whether nothing was damaged before what was found last. */
  isFirstDamage(last: readonly Finding[]): boolean {
    const damages = last.filter(isDamage).length;
    return damages > 0 && damages === this.#facts.damaged;
  }

  /** The next of the remaining shards was seen. */
  after({ contents, bytes, findings }: ShardSeen, at: Date): Verification {
    const facts = this.#facts;
    const damages = findings.filter(isDamage).length;
    return new Verification({
      ...facts,
      shardsDone: facts.shardsDone + 1,
      contents: facts.contents + contents,
      bytes: facts.bytes + bytes,
      damaged: facts.damaged + damages,
      unreferenced: facts.unreferenced + findings.length - damages,
      finishedAt: this.remaining.length === 1 ? at : null,
    });
  }

  snapshot(): VerificationSnapshot {
    return this.#facts;
  }
}

export function isDamage({ kind }: Finding): boolean {
  return kind !== 'unreferenced';
}
