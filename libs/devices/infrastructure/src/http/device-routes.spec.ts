import { aHostKey } from '#devices/domain/testing';
import { sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { openDeviceApi, type DeviceApi } from '../testing/device-api.ts';

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
  version: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  changedAt: '2026-01-01T00:00:00.000Z',
};

describe('the routes of devices', () => {
  let api: DeviceApi;

  beforeEach(async () => {
    api = await openDeviceApi();
  });
  afterEach(() => api[Symbol.asyncDispose]());

  it('register a device and say where it is', async () => {
    const answer = await api.ask('POST', '/devices', registration);

    expect([answer.status, answer.body]).to.deep.equal([201, shown]);
    expect(answer.headers.location).to.equal(`/api/v1/devices/${id}`);
  });

  it('show a device, also to those who write its id in upper case', async () => {
    api.holding({ id: sequentialId(171), hostKey });

    const answer = await api.ask('GET', `/devices/${sequentialId(171).toUpperCase()}`);

    expect([answer.status, answer.body]).to.deep.equal([200, { ...shown, id: sequentialId(171), hostKey }]);
  });

  it('list devices by name, page by page', async () => {
    for (const [index, name] of ['c', 'a', 'b'].entries()) api.holding({ id: sequentialId(index + 1), name });

    const first = (await api.ask('GET', '/devices?limit=2')).body;
    const second = (await api.ask('GET', `/devices?limit=2&after=${first.next}`)).body;

    const namesOf = (page: { items: { name: string }[] }) => page.items.map(({ name }) => name);
    expect([namesOf(first), namesOf(second)]).to.deep.equal([['a', 'b'], ['c']]);
    expect([first.next, second.next]).to.deep.equal(['b', null]);
  });

  it('change what is given and leave the rest', async () => {
    api.holding({ hostKey, version: 7 });

    const answer = await api.ask('PATCH', `/devices/${id}`, { version: 7, name: 'edge-1' });

    expect([answer.status, answer.body]).to.deep.equal([200, { ...shown, name: 'edge-1', hostKey, version: 8 }]);
  });

  it('drop the pinned host key of a device that moves', async () => {
    api.holding({ hostKey });

    const answer = await api.ask('PATCH', `/devices/${id}`, { version: 1, port: 2022 });

    expect(answer.body).to.include({ port: 2022, hostKey: null });
  });

  it('remove a device', async () => {
    api.holding();

    const answer = await api.ask('DELETE', `/devices/${id}`);

    expect([answer.status, answer.text, api.table.all()]).to.deep.equal([204, '', []]);
  });

  it('scan a host key without pinning it, and pin it when asked to', async () => {
    api.holding();
    api.scanner.answer({ address: '192.0.2.1', port: 22 }, aHostKey());

    const before = await api.ask('POST', `/devices/${id}/host-key/scan`);
    const pinned = await api.ask('PUT', `/devices/${id}/host-key`, hostKey);
    const after = await api.ask('POST', `/devices/${id}/host-key/scan`);

    expect([before.body, after.body]).to.deep.equal([
      { ...hostKey, pinned: false },
      { ...hostKey, pinned: true },
    ]);
    expect([pinned.status, pinned.body]).to.deep.equal([200, { ...shown, hostKey, version: 2 }]);
  });

  it('pin a host key for the version that it was verified for', async () => {
    api.holding({ version: 7 });

    const pinned = await api.ask('PUT', `/devices/${id}/host-key`, { ...hostKey, version: 7 });

    expect([pinned.status, pinned.body]).to.deep.equal([200, { ...shown, hostKey, version: 8 }]);
  });

  type Refusal = readonly [status: number, code: string, ...asked: Parameters<DeviceApi['ask']>];
  const refusals: readonly Refusal[] = [
    [422, 'invalid-device-name', 'POST', '/devices', { ...registration, name: 'core 1' }],
    [422, 'invalid-device-address', 'POST', '/devices', { ...registration, address: 'root@core-1' }],
    [422, 'unknown-model', 'POST', '/devices', { ...registration, model: 'vax' }],
    [409, 'device-name-taken', 'POST', '/devices', { ...registration, name: 'CORE-2' }],
    [404, 'device-not-found', 'GET', `/devices/${sequentialId(9)}`],
    [404, 'device-not-found', 'PATCH', `/devices/${sequentialId(9)}`, { version: 1 }],
    [404, 'device-not-found', 'DELETE', `/devices/${sequentialId(9)}`],
    [404, 'device-not-found', 'PUT', `/devices/${sequentialId(9)}/host-key`, hostKey],
    [404, 'device-not-found', 'POST', `/devices/${sequentialId(9)}/host-key/scan`],
    [409, 'stale-device', 'PATCH', `/devices/${sequentialId(2)}`, { version: 6, port: 2022 }],
    [409, 'stale-device', 'PUT', `/devices/${sequentialId(2)}/host-key`, { ...hostKey, version: 6 }],
    [422, 'invalid-host-key', 'PUT', `/devices/${sequentialId(2)}/host-key`, { ...hostKey, fingerprint: 'MD5:00' }],
    [502, 'host-key-scan-failed', 'POST', `/devices/${sequentialId(2)}/host-key/scan`],
  ];
  for (const [status, code, ...asked] of refusals) {
    it(`refuse ${asked.slice(0, 2).join(' ')} as ${code} and change nothing`, async () => {
      api.holding({ id: sequentialId(2), name: 'core-2', version: 7 });
      const before = api.table.all();

      const answer = await api.ask(...asked);

      expect([answer.status, answer.body.code]).to.deep.equal([status, code]);
      expect(answer.headers['content-type']).to.equal('application/problem+json');
      expect(api.table.all()).to.deep.equal(before);
    });
  }

  it('say which models there are to those who name another', async () => {
    const { body } = await api.ask('POST', '/devices', { ...registration, model: 'vax' });

    expect(body).to.deep.include({ model: 'vax', known: ['eos', 'ios'] });
  });
});
