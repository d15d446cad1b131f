import { aHostKey } from '#devices/domain/testing';
import { sequentialId } from '#kernel/testing';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { DeviceApiTest } from '../testing/device-api-test.ts';

const id = sequentialId<'Device'>(1);
const hostKey = { ...aHostKey() };
const credentials = { kind: 'password', username: 'backup', password: 'hunter2' };
const registration = { name: 'core-1', address: '192.0.2.1', port: 22, model: 'ios', credentials };
const shown = {
  id,
  name: 'core-1',
  address: '192.0.2.1',
  port: 22,
  model: 'ios',
  hostKey: null,
  enabled: true,
  tags: [],
  version: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  changedAt: '2026-01-01T00:00:00.000Z',
};

type Page = { readonly items: readonly { readonly name: string }[]; readonly next: string | null };

const t = DeviceApiTest.install();

describe('the routes of devices', () => {
  it(
    'register a device and say where it is',
    t.test(async ({ http }) => {
      const answer = await http.post('/devices', registration);

      expect([answer.status, answer.body]).to.deep.equal([201, shown]);
      expect(answer.headers.location).to.equal(`/api/v1/devices/${id}`);
    }),
  );

  it(
    'show a device, also to those who write its id in upper case',
    t.test(async ({ http, holding }) => {
      holding({ id: sequentialId(171), hostKey });

      const answer = await http.get(`/devices/${sequentialId(171).toUpperCase()}`);

      expect([answer.status, answer.body]).to.deep.equal([200, { ...shown, id: sequentialId(171), hostKey }]);
    }),
  );

  it(
    'list devices by name, page by page',
    t.test(async ({ http, holding }) => {
      for (const [index, name] of ['c', 'a', 'b'].entries()) holding({ id: sequentialId(index + 1), name });

      const first = (await http.get<Page>('/devices?limit=2')).body;
      const second = (await http.get<Page>(`/devices?limit=2&after=${first.next}`)).body;

      const namesOf = (page: Page) => page.items.map(({ name }) => name);
      expect([namesOf(first), namesOf(second)]).to.deep.equal([['a', 'b'], ['c']]);
      expect(second.next).to.equal(null);
    }),
  );

  it(
    'register a device that is out of service, and has tags',
    t.test(async ({ http }) => {
      const answer = await http.post('/devices', { ...registration, enabled: false, tags: ['Edge', 'ams'] });

      expect([answer.status, answer.body]).to.deep.equal([201, { ...shown, enabled: false, tags: ['ams', 'edge'] }]);
    }),
  );

  it(
    'take a device out of service',
    t.test(async ({ http, holding }) => {
      holding();

      const answer = await http.put(`/devices/${id}/enabled`, { enabled: false });

      expect([answer.status, answer.body]).to.deep.equal([200, { ...shown, enabled: false, version: 2 }]);
    }),
  );

  it(
    'change what is given and leave the rest',
    t.test(async ({ http, holding }) => {
      holding({ hostKey, version: 7 });

      const answer = await http.patch(`/devices/${id}`, { version: 7, name: 'edge-1' });

      expect([answer.status, answer.body]).to.deep.equal([200, { ...shown, name: 'edge-1', hostKey, version: 8 }]);
    }),
  );

  it(
    'drop the pinned host key of a device that moves',
    t.test(async ({ http, holding }) => {
      holding({ hostKey });

      const answer = await http.patch(`/devices/${id}`, { version: 1, port: 2022 });

      expect(answer.body).to.include({ port: 2022, hostKey: null });
    }),
  );

  it(
    'remove a device',
    t.test(async ({ http, holding, table }) => {
      holding();

      const answer = await http.delete(`/devices/${id}`);

      expect([answer.status, answer.text, table.all()]).to.deep.equal([204, '', []]);
    }),
  );

  it(
    'scan a host key without pinning it, and pin it when asked to',
    t.test(async ({ http, holding, scanner }) => {
      holding();
      scanner.answer({ address: '192.0.2.1', port: 22 }, aHostKey());

      const before = await http.post(`/devices/${id}/host-key/scan`);
      const pinned = await http.put(`/devices/${id}/host-key`, hostKey);
      const after = await http.post(`/devices/${id}/host-key/scan`);

      expect([before.body, after.body]).to.deep.equal([
        { ...hostKey, pinned: false },
        { ...hostKey, pinned: true },
      ]);
      expect([pinned.status, pinned.body]).to.deep.equal([200, { ...shown, hostKey, version: 2 }]);
    }),
  );

  it(
    'pin a host key for the version that it was verified for',
    t.test(async ({ http, holding }) => {
      holding({ version: 7 });

      const pinned = await http.put(`/devices/${id}/host-key`, { ...hostKey, version: 7 });

      expect([pinned.status, pinned.body]).to.deep.equal([200, { ...shown, hostKey, version: 8 }]);
    }),
  );

  for (const [title, { status, code, method, path, ...options }] of cases(
    'refuse {method} {path} as {code} and change nothing',
    [
      {
        status: 422,
        code: 'invalid-device-name',
        method: 'POST',
        path: '/devices',
        body: { ...registration, name: 'core 1' },
      },
      {
        status: 422,
        code: 'invalid-tag',
        method: 'POST',
        path: '/devices',
        body: { ...registration, tags: ['no tag'] },
      },
      {
        status: 404,
        code: 'device-not-found',
        method: 'PUT',
        path: `/devices/${sequentialId(9)}/enabled`,
        body: { enabled: false },
      },
      {
        status: 422,
        code: 'invalid-device-address',
        method: 'POST',
        path: '/devices',
        body: { ...registration, address: 'root@core-1' },
      },
      { status: 422, code: 'unknown-model', method: 'POST', path: '/devices', body: { ...registration, model: 'vax' } },
      {
        status: 409,
        code: 'device-name-taken',
        method: 'POST',
        path: '/devices',
        body: { ...registration, name: 'CORE-2' },
      },
      { status: 404, code: 'device-not-found', method: 'GET', path: `/devices/${sequentialId(9)}` },
      {
        status: 404,
        code: 'device-not-found',
        method: 'PATCH',
        path: `/devices/${sequentialId(9)}`,
        body: { version: 1 },
      },
      { status: 404, code: 'device-not-found', method: 'DELETE', path: `/devices/${sequentialId(9)}` },
      {
        status: 404,
        code: 'device-not-found',
        method: 'PUT',
        path: `/devices/${sequentialId(9)}/host-key`,
        body: hostKey,
      },
      { status: 404, code: 'device-not-found', method: 'POST', path: `/devices/${sequentialId(9)}/host-key/scan` },
      {
        status: 409,
        code: 'stale-device',
        method: 'PATCH',
        path: `/devices/${sequentialId(2)}`,
        body: { version: 6, port: 2022 },
      },
      {
        status: 409,
        code: 'stale-device',
        method: 'PUT',
        path: `/devices/${sequentialId(2)}/host-key`,
        body: { ...hostKey, version: 6 },
      },
      {
        status: 422,
        code: 'invalid-host-key',
        method: 'PUT',
        path: `/devices/${sequentialId(2)}/host-key`,
        body: { ...hostKey, fingerprint: 'MD5:00' },
      },
      { status: 502, code: 'host-key-scan-failed', method: 'POST', path: `/devices/${sequentialId(2)}/host-key/scan` },
    ],
  )) {
    it(
      title,
      t.test(async ({ http, holding, table }) => {
        holding({ id: sequentialId(2), name: 'core-2', version: 7 });
        const before = table.all();

        const answer = await http.ask(method, path, options);

        expect([answer.status, answer.body.code]).to.deep.equal([status, code]);
        expect(answer.headers['content-type']).to.equal('application/problem+json');
        expect(table.all()).to.deep.equal(before);
      }),
    );
  }

  it(
    'say which models there are to those who name another',
    t.test(async ({ http }) => {
      const { body } = await http.post('/devices', { ...registration, model: 'vax' });

      expect(body).to.deep.include({ model: 'vax', known: ['eos', 'ios'] });
    }),
  );
});
