import { expectErr, expectOk } from '#kernel/testing';
import { expect } from 'chai';
import { MOST_TAGS, parseTags, Tag } from './tag.ts';

describe('Tag', () => {
  for (const text of ['a', '7', 'core', 'site:ams', 'rack-12.4_b', 'a'.repeat(63)]) {
    it(`accepts "${text}"`, () => {
      expect(expectOk(Tag.parse(text)).text).to.equal(text);
    });
  }

  it('lowers upper case, so that equal tags are equal texts', () => {
    expect(expectOk(Tag.parse('Site:AMS')).text).to.equal('site:ams');
  });

  const refused = ['', ' ', 'a b', 'a,b', 'a;b', '-a', 'a-', ':a', 'a/b', 'a\n', 'a\0', 'ä', '\u212A', 'a'.repeat(64)];
  for (const text of refused) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(expectErr(Tag.parse(text))).to.deep.equal({ kind: 'InvalidTag', tag: text });
    });
  }
});

describe('parseTags', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `tag-${index}`);

  it('counts a tag once that is given twice', () => {
    const tags = expectOk(parseTags(['Core', 'edge', 'core', ...many(48)]));

    expect(tags.map(({ text }) => text)).to.deep.equal(['core', 'edge', ...many(48)]);
  });

  it('refuses more tags than a device may have', () => {
    expect(expectOk(parseTags(many(MOST_TAGS)))).to.have.lengthOf(MOST_TAGS);
    expect(expectErr(parseTags(many(MOST_TAGS + 1)))).to.deep.equal({ kind: 'TooManyTags', most: MOST_TAGS });
  });

  it('refuses what is no tag', () => {
    expect(expectErr(parseTags(['core', 'no tag']))).to.deep.equal({ kind: 'InvalidTag', tag: 'no tag' });
  });
});
