import { expectErr, expectOk } from '#kernel/testing';
import { expect } from 'chai';
import { MOST_TAGS, Tag } from './tag.ts';
import { aDevice } from './testing/a-device.ts';

const later = new Date('2026-01-02T00:00:00.000Z');
const tag = (text: string) => expectOk(Tag.parse(text));
const many = Array.from({ length: MOST_TAGS }, (_, index) => `tag-${10 + index}`);

describe("A device's tags", () => {
  it('are kept in alphabetical order, and make a version each time they change', () => {
    const device = aDevice({ tags: ['core', 'edge'] });

    expectOk(device.addTag(tag('Ams'), later));
    expectOk(device.addTag(tag('dc-1'), later));
    device.removeTag(tag('core'), later);

    expect(device.snapshot()).to.deep.include({ tags: ['ams', 'dc-1', 'edge'], version: 4, changedAt: later });
  });

  it('make no version when nothing changes', () => {
    const device = aDevice({ tags: ['core'] });

    expectOk(device.addTag(tag('core'), later));
    device.removeTag(tag('edge'), later);
    device.renameTag({ from: tag('edge'), to: tag('ams') }, later);

    expect(device.snapshot()).to.deep.equal(aDevice({ tags: ['core'] }).snapshot());
  });

  it('are fifty at most, of which any may be added again', () => {
    const device = aDevice({ tags: many });

    expectOk(device.addTag(tag('tag-10'), later));
    const refusal = expectErr(device.addTag(tag('another'), later));

    expect(refusal).to.deep.equal({ kind: 'TooManyTags', most: MOST_TAGS });
    expect(device.snapshot()).to.deep.equal(aDevice({ tags: many }).snapshot());
  });

  it('take another name in their order, and become one when there is one of that name', () => {
    const renamed = aDevice({ tags: ['a', 'm', 'z'] });
    const merged = aDevice({ tags: ['a', 'm', 'z'] });

    renamed.renameTag({ from: tag('a'), to: tag('y') }, later);
    merged.renameTag({ from: tag('a'), to: tag('z') }, later);

    expect(renamed.snapshot()).to.deep.include({ tags: ['m', 'y', 'z'], version: 2, changedAt: later });
    expect(merged.snapshot()).to.deep.include({ tags: ['m', 'z'], version: 2 });
  });
});

describe('A device out of service', () => {
  it('is disabled and enabled again, and makes a version only when that changes something', () => {
    const device = aDevice();

    device.enable(later);
    const enabled = device.snapshot();
    device.disable(later);
    device.disable(later);
    const disabled = device.snapshot();
    device.enable(later);

    expect(enabled).to.deep.equal(aDevice().snapshot());
    expect(disabled).to.deep.include({ enabled: false, version: 2, changedAt: later });
    expect(device.snapshot()).to.deep.include({ enabled: true, version: 3 });
  });
});
