import { MOST_TAGS, type DeviceSnapshot } from '#devices/domain';
import { aDevice } from '#devices/domain/testing';
import type { Result } from '#kernel';
import { expectErr, expectOk, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { ListTags } from '../queries/list-tags.ts';
import { UseCaseTest } from '../testing/use-case-test.ts';
import { AddDeviceTag, type AddDeviceTagError } from './add-device-tag.ts';
import { RemoveDeviceTag } from './remove-device-tag.ts';
import { RenameTag, type RenameTagError } from './rename-tag.ts';

const id = sequentialId<'Device'>(1);
const full = Array.from({ length: MOST_TAGS }, (_, index) => `tag-${10 + index}`);

class TagDevicesTest extends UseCaseTest {
  add(tag: string, of = id) {
    return new AddDeviceTag(this.transaction, this.clock).execute({ id: of, tag }, this.context);
  }

  remove(tag: string, of = id) {
    return new RemoveDeviceTag(this.transaction, this.clock).execute({ id: of, tag }, this.context);
  }

  rename(from: string, to: string) {
    return new RenameTag(this.transaction, this.clock).execute({ from, to }, this.context);
  }

  list(limit: number, after: string | null = null) {
    return new ListTags(this.reader).execute({ after, limit }, this.context);
  }

  tagged(...all: readonly (readonly string[])[]): readonly DeviceSnapshot[] {
    const devices = all.map((tags, index) => aDevice({ id: sequentialId(index + 1), name: `core-${index + 1}`, tags }));
    this.holding(...devices);
    return devices.map((device) => device.snapshot());
  }
}

const t = TagDevicesTest.install();

describe('The tags of devices', () => {
  it(
    'are added and removed, and twice is as good as once',
    t.test(async ({ add, remove, tagged, table }) => {
      tagged(['core']);

      const added = expectOk(await add('Ams'));
      const again = expectOk(await add('ams'));
      const removed = expectOk(await remove('CORE'));
      const gone = expectOk(await remove('core'));

      expect([added.tags, added.version]).to.deep.equal([['ams', 'core'], 2]);
      expect(again).to.deep.equal(added);
      expect([removed.tags, removed.version]).to.deep.equal([['ams'], 3]);
      expect(gone).to.deep.equal(removed);
      expect(table.get(id)).to.deep.include({ tags: ['ams'], version: 3 });
    }),
  );

  it(
    'are renamed for all devices, and merged into a tag that is there',
    t.test(async ({ rename, tagged, table }) => {
      tagged(['core'], ['core', 'hub'], ['edge']);

      const renamed = expectOk(await rename('Core', 'HUB'));

      expect(renamed).to.deep.equal({ tag: 'hub', devices: 2 });
      expect(table.all().map(({ tags, version }) => [tags, version])).to.deep.equal([
        [['hub'], 2],
        [['hub'], 2],
        [['edge'], 1],
      ]);
    }),
  );

  it(
    'are listed with the number of their devices, page by page',
    t.test(async ({ list, tagged }) => {
      tagged(['core', 'a'], ['core'], ['edge']);

      const first = await list(2);
      const second = await list(2, first.next);

      expect(first).to.deep.equal({
        tags: [
          { tag: 'a', devices: 1 },
          { tag: 'core', devices: 2 },
        ],
        next: 'core',
      });
      expect(second).to.deep.equal({ tags: [{ tag: 'edge', devices: 1 }], next: null });
      expect(await list(0).catch((error: unknown) => error)).to.be.instanceOf(RangeError);
    }),
  );

  type Attempt = (test: TagDevicesTest) => Promise<Result<unknown, AddDeviceTagError | RenameTagError>>;
  const attempts: readonly (readonly [string, Attempt, object])[] = [
    ['to a device that is not there', ({ add }) => add('core', sequentialId(9)), { kind: 'DeviceNotFound' }],
    ['from a device that is not there', ({ remove }) => remove('core', sequentialId(9)), { kind: 'DeviceNotFound' }],
    ['that is no tag', ({ add }) => add('no tag'), { kind: 'InvalidTag', tag: 'no tag' }],
    ['that cannot be a tag', ({ remove }) => remove('no tag'), { kind: 'InvalidTag', tag: 'no tag' }],
    ['that is one too many', ({ add }) => add('another'), { kind: 'TooManyTags', most: MOST_TAGS }],
    ['that nobody has', ({ rename }) => rename('Nobody', 'tag-10'), { kind: 'TagNotFound', tag: 'nobody' }],
    ['whose new name is none', ({ rename }) => rename('tag-10', 'a b'), { kind: 'InvalidTag', tag: 'a b' }],
    ['whose old name is none', ({ rename }) => rename('', 'tag-10'), { kind: 'InvalidTag', tag: '' }],
  ];
  for (const [what, attempt, refusal] of attempts) {
    it(
      `stay as they are when one is refused ${what}`,
      t.test(async (test) => {
        const before = test.tagged(full);

        const refused = expectErr(await attempt(test));

        expect(refused).to.include(refusal);
        expect(test.table.all()).to.deep.equal(before);
      }),
    );
  }
});
