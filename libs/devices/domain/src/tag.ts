import { err, ok, type Result } from '#kernel';
import type { InvalidTag, TooManyTags } from './device.errors.ts';

const TAG = /^[a-z0-9]([a-z0-9._:-]{0,61}[a-z0-9])?$/i;

/** How many tags a device may have. */
export const MOST_TAGS = 50;

/**
 * A word by which devices are grouped, such as `core` or `site:ams`: letters, digits and `-._:` between them, 63 characters
 * at most. Upper case is lowered, so equal tags are equal texts.
 */
export class Tag {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  static parse(text: string): Result<Tag, InvalidTag> {
    return TAG.test(text) ? ok(new Tag(text.toLowerCase())) : err({ kind: 'InvalidTag', tag: text });
  }

  get text(): string {
    return this.#text;
  }
}

export type TagRenaming = { readonly from: Tag; readonly to: Tag };

/** Reads all the tags of a device. One that is given twice counts once. */
export function parseTags(texts: readonly string[]): Result<readonly Tag[], InvalidTag | TooManyTags> {
  const tags = new Map<string, Tag>();
  for (const text of texts) {
    const tag = Tag.parse(text);
    if (!tag.ok) return tag;
    tags.set(tag.value.text, tag.value);
  }
  return tags.size > MOST_TAGS ? err({ kind: 'TooManyTags', most: MOST_TAGS }) : ok([...tags.values()]);
}
