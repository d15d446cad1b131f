import type { ContentHash } from '../content-hash.ts';

/** Contents are gone through in 256 shards, by the first byte of their hash. */
export const SHARDS = 256;

export function shardOf(hash: ContentHash): number {
  return Number.parseInt(hash.slice(0, 2), 16);
}

/** The first two digits of the hashes of a shard. */
export function prefixOf(shard: number): string {
  return shard.toString(16).padStart(2, '0');
}

/** One of `of` parts of the store, which are of about the same size; `part` counts from 1. */
export type PartOfStore = { readonly part: number; readonly of: number };

/** The shards of a part, in order. */
export function shardsIn({ part, of }: PartOfStore): readonly number[] {
  return Array.from({ length: SHARDS }, (_, shard) => shard).filter((shard) => shard % of === part - 1);
}
