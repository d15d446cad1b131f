import type { DeviceReader, TagCount, TagPageRequest } from '../ports/device-reader.ts';

/** `limit` is from 1 to {@link LONGEST_TAG_PAGE}. */
export type ListTagsQuery = TagPageRequest;
export type ListedTags = {
  readonly tags: readonly TagCount[];
  /** What to ask for as `after` to get the next page; null when there is none. */
  readonly next: string | null;
};

export const LONGEST_TAG_PAGE = 1_000;

/** The tags that devices have, each with their number. A tag that no device has any more is none. */
export class ListTags {
  readonly #devices: DeviceReader;

  constructor(devices: DeviceReader) {
    this.#devices = devices;
  }

  async execute({ after, limit }: ListTagsQuery, { signal }: { signal: AbortSignal }): Promise<ListedTags> {
    if (!Number.isInteger(limit) || limit < 1 || limit > LONGEST_TAG_PAGE) {
      throw new RangeError(`A page has 1 to ${LONGEST_TAG_PAGE} tags, not ${limit}.`);
    }
    const found = await this.#devices.tags({ after, limit: limit + 1 }, signal);
    const tags = found.slice(0, limit);
    return { tags, next: found.length > limit ? (tags.at(-1)?.tag ?? null) : null };
  }
}
