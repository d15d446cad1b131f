import { sequentialId } from '#kernel/testing';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { DeviceApiTest } from '../testing/device-api-test.ts';
import { encodeCursor } from './device-cursor.ts';

type Page = { readonly items: readonly { readonly name: string }[]; readonly next: string | null };
type Problem = { readonly code: string; readonly detail: string };

class DeviceListTest extends DeviceApiTest {
  protected override setUp(): void {
    const day = (date: number) => new Date(Date.UTC(2026, 0, date));
    this.holding({ id: sequentialId(1), name: 'c', port: 22, tags: ['ams', 'core'], changedAt: day(3) });
    this.holding({ id: sequentialId(2), name: 'a', port: 22, tags: ['core'], model: 'eos', changedAt: day(2) });
    this.holding({ id: sequentialId(3), name: 'b', port: 830, tags: ['edge'], enabled: false, changedAt: day(3) });
  }

  async names(query: string): Promise<string> {
    const { items } = (await this.http.get<Page>(`/devices?${query}`)).body;
    return items.map(({ name }) => name).join('');
  }
}

const t = DeviceListTest.install();

describe('the list of devices', () => {
  const queries = {
    '': 'abc',
    'text=C': 'c',
    'text=192.0.2': 'abc',
    'anyTag=edge&anyTag=AMS': 'bc',
    'allTag=core&allTag=ams': 'c',
    'noTag=core': 'b',
    'model=eos': 'a',
    'enabled=false': 'b',
    'enabled=true&anyTag=core&noTag=ams': 'a',
    'sort=port': 'cab',
    'sort=port&order=desc': 'bac',
    'sort=enabled': 'bca',
    'sort=changedAt&order=desc': 'bca',
  };
  for (const [query, names] of Object.entries(queries)) {
    it(
      `answers "${query}" with ${names}`,
      t.test(async (test) => {
        expect(await test.names(query)).to.equal(names);
      }),
    );
  }

  for (const sort of ['name', 'address', 'port', 'model', 'enabled', 'createdAt', 'changedAt']) {
    it(
      `goes on where the page before ended, by ${sort}`,
      t.test(async ({ http, names }) => {
        const all = await names(`sort=${sort}&order=desc`);

        let seen = '';
        for (let next: string | null = ''; next !== null;) {
          const after: string = next === '' ? '' : `&after=${next}`;
          const { body } = await http.get<Page>(`/devices?sort=${sort}&order=desc&limit=1${after}`);
          seen += body.items.map(({ name }) => name).join('');
          next = body.next;
        }

        expect(seen).to.equal(all).and.have.lengthOf(3);
      }),
    );
  }

  const place = { value: 'a', id: sequentialId<'Device'>(1) };
  const cursor = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString('base64url');
  const foreign = {
    'of another order': encodeCursor(place, { field: 'name', descending: true }),
    'of another field': encodeCursor(place, { field: 'model', descending: false }),
    'with a value of another kind': cursor(['name', false, 7, sequentialId(1)]),
    'with no id': cursor(['name', false, 'a', 'b']),
    'that is a name': 'core-1',
    'that is nothing': '%20',
  };
  for (const [title, after] of cases('refuses a cursor {case}', foreign)) {
    it(
      title,
      t.test(async ({ http }) => {
        const { status, body } = await http.get<Problem>(`/devices?after=${after}`);

        expect([status, body.code]).to.deep.equal([400, 'invalid-request']);
        expect(body.detail).to.include('"after" in the query');
      }),
    );
  }

  it(
    'refuses a field to sort by that it does not know, and names those it does',
    t.test(async ({ http }) => {
      const { status, body } = await http.get<Problem>('/devices?sort=password');

      expect([status, body.code]).to.deep.equal([400, 'invalid-request']);
      expect(body.detail).to.include('"name", "address", "port", "model", "enabled", "createdAt", "changedAt"');
    }),
  );

  for (const query of ['colour=red', 'enabled=maybe', 'order=up', 'limit=0', 'limit=201', 'anyTag=']) {
    it(
      `refuses "${query}"`,
      t.test(async ({ http }) => {
        const { status, body } = await http.get<Problem>(`/devices?${query}`);

        expect([status, body.code]).to.deep.equal([400, 'invalid-request']);
      }),
    );
  }
});

describe('the routes of tags', () => {
  it(
    'add a tag to a device and remove it',
    t.test(async ({ http }) => {
      const added = await http.put(`/devices/${sequentialId(1)}/tags/Site:AMS`);
      const removed = await http.delete(`/devices/${sequentialId(1)}/tags/core`);

      expect([added.status, added.body.tags, added.body.version]).to.deep.equal([200, ['ams', 'core', 'site:ams'], 2]);
      expect([removed.status, removed.body.tags]).to.deep.equal([200, ['ams', 'site:ams']]);
    }),
  );

  it(
    'rename a tag of all devices, and list what there is',
    t.test(async ({ http }) => {
      const renamed = await http.patch('/tags/core', { tag: 'edge' });
      const first = await http.get('/tags?limit=1');
      const second = await http.get(`/tags?limit=1&after=${first.body.next}`);

      expect([renamed.status, renamed.body]).to.deep.equal([200, { tag: 'edge', devices: 2 }]);
      expect(first.body).to.deep.equal({ items: [{ tag: 'ams', devices: 1 }], next: 'ams' });
      expect(second.body).to.deep.equal({ items: [{ tag: 'edge', devices: 3 }], next: null });
    }),
  );

  const core = { tag: 'core' };
  const refusals = [
    { status: 404, code: 'tag-not-found', method: 'PATCH', path: '/tags/nobody', body: core },
    { status: 422, code: 'invalid-tag', method: 'PATCH', path: '/tags/core', body: { tag: 'a b' } },
    { status: 422, code: 'invalid-tag', method: 'PUT', path: `/devices/${sequentialId(1)}/tags/a%20b` },
    { status: 404, code: 'device-not-found', method: 'PUT', path: `/devices/${sequentialId(9)}/tags/core` },
    { status: 404, code: 'device-not-found', method: 'DELETE', path: `/devices/${sequentialId(9)}/tags/core` },
    { status: 400, code: 'invalid-request', method: 'PATCH', path: '/tags/core', body: {} },
  ] as const;
  for (const [title, { status, code, method, path, ...options }] of cases(
    'refuse {method} {path} as {code}',
    refusals,
  )) {
    it(
      title,
      t.test(async ({ http, table }) => {
        const before = table.all();

        const answer = await http.ask(method, path, options);

        expect([answer.status, answer.body.code]).to.deep.equal([status, code]);
        expect(table.all()).to.deep.equal(before);
      }),
    );
  }

  it(
    'refuse the tag after the fiftieth',
    t.test(async ({ http, holding }) => {
      holding({ id: sequentialId(4), name: 'full', tags: Array.from({ length: 50 }, (_, index) => `t-${10 + index}`) });

      const answer = await http.put(`/devices/${sequentialId(4)}/tags/another`);

      expect([answer.status, answer.body.code, answer.body.most]).to.deep.equal([422, 'too-many-tags', 50]);
    }),
  );
});
