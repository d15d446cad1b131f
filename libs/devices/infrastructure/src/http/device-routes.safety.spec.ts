import type { CredentialVault } from '#devices/application';
import { aDevice, aHostKey } from '#devices/domain/testing';
import { sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { inspect } from 'node:util';
import { openDeviceApi, type DeviceApi } from '../testing/device-api.ts';

const id = sequentialId<'Device'>(1);
const hostKey = { ...aHostKey() };
const credentials = { kind: 'password', username: 'canary-user', password: 'canary-password' };
const registration = { name: 'core-1', address: '192.0.2.1', port: 22, model: 'ios', credentials };

describe('the routes of devices, asked for too much,', () => {
  let api: DeviceApi;

  beforeEach(async () => {
    api = await openDeviceApi();
  });
  afterEach(() => api[Symbol.asyncDispose]());

  const notTheirs = { id: sequentialId(3), hostKey, createdAt: '2020-01-01T00:00:00.000Z', ownerId: 'me' };
  for (const [field, value] of Object.entries(notTheirs)) {
    it(`do not let a client decide the ${field} of a new device`, async () => {
      const answer = await api.ask('POST', '/devices', { ...registration, [field]: value });

      expect([answer.status, answer.body.code, api.table.all()]).to.deep.equal([400, 'invalid-request', []]);
    });

    it(`do not let a client change the ${field} of a device`, async () => {
      api.holding();

      const answer = await api.ask('PATCH', `/devices/${id}`, { version: 1, port: 23, [field]: value });

      expect([answer.status, answer.body.code]).to.deep.equal([400, 'invalid-request']);
      expect(api.table.all()).to.deep.equal([aDevice().snapshot()]);
    });
  }

  for (const key of ['__proto__', 'constructor', 'prototype']) {
    it(`refuse a body with the key ${key}, at the top and inside the credentials`, async () => {
      const text = JSON.stringify(registration);

      const answers = [
        await api.ask('POST', '/devices', text.replace('{', `{"${key}":{"model":"ios"},`)),
        await api.ask('POST', '/devices', text.replace('{"kind"', `{"${key}":{"model":"ios"},"kind"`)),
      ];

      expect(answers.map(({ status }) => status)).to.deep.equal([400, 400]);
      expect(api.table.all()).to.deep.equal([]);
    });
  }

  it('never repeat credentials, in an answer, in a refusal or in the log', async () => {
    const key = { kind: 'key', username: 'canary-user', privateKey: 'canary-key', passphrase: 'canary-phrase' };
    const misspelt = { ...credentials, password: ['canary-password'] };

    const answers = [
      await api.ask('POST', '/devices', registration),
      await api.ask('POST', '/devices', registration),
      await api.ask('POST', '/devices', { ...registration, name: 'core-2', credentials: key }),
      await api.ask('POST', '/devices', { ...registration, model: 'vax' }),
      await api.ask('POST', '/devices', { ...registration, credentials: { ...credentials, kind: 'canary-kind' } }),
      await api.ask('POST', '/devices', { ...registration, credentials: { ...key, password: 'canary-password' } }),
      await api.ask('POST', '/devices', { ...registration, credentials: misspelt }),
      await api.ask('POST', '/devices', { ...registration, credentials: 'canary-text' }),
      await api.ask('POST', '/devices', JSON.stringify(registration).slice(0, -1)),
      await api.ask('PATCH', `/devices/${id}`, { version: 1, credentials: key }),
      await api.ask('PATCH', `/devices/${id}`, { version: 1, credentials: key }),
      await api.ask('GET', `/devices/${id}`),
      await api.ask('GET', '/devices'),
    ];

    expect(answers.map(({ status }) => status)).to.deep.equal([
      201, 409, 201, 422, 400, 400, 400, 400, 400, 200, 409, 200, 200,
    ]);
    const said = JSON.stringify([answers, api.log]);
    expect(said).not.to.match(/canary|credentials_|keyId/);
    expect(api.log).to.have.lengthOf(answers.length);
  });

  it('keep a password out of the log even when an adapter complains about what it was given', async () => {
    const complain: CredentialVault['seal'] = async (_, given) => {
      throw new Error(`Out of reach: ${inspect(given)} ${JSON.stringify(given)}`);
    };
    await using broken = await openDeviceApi({ seal: complain, open: async () => expect.fail('Nothing is opened.') });

    const answer = await broken.ask('POST', '/devices', registration);

    expect([answer.status, answer.body.code]).to.deep.equal([500, 'internal-error']);
    expect(JSON.stringify(broken.log)).to.include('Out of reach').and.not.include('canary-password');
    expect(answer.text).not.to.include('canary');
  });
});
