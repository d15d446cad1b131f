import type { CredentialVault } from '#devices/application';
import { aDevice, aHostKey } from '#devices/domain/testing';
import { sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { DeviceApiTest } from '../testing/device-api-test.ts';

const id = sequentialId<'Device'>(1);
const hostKey = { ...aHostKey() };
const credentials = { kind: 'password', username: 'canary-user', password: 'canary-password' };
const registration = { name: 'core-1', address: '192.0.2.1', port: 22, model: 'ios', credentials };

const t = DeviceApiTest.install();

describe('the routes of devices, asked for too much,', () => {
  const notTheirs = { id: sequentialId(3), hostKey, createdAt: '2020-01-01T00:00:00.000Z', ownerId: 'me' };
  for (const [field, value] of Object.entries(notTheirs)) {
    it(
      `do not let a client decide the ${field} of a new device`,
      t.test(async ({ http, table }) => {
        const answer = await http.post('/devices', { ...registration, [field]: value });

        expect([answer.status, answer.body.code, table.all()]).to.deep.equal([400, 'invalid-request', []]);
      }),
    );

    it(
      `do not let a client change the ${field} of a device`,
      t.test(async ({ http, holding, table }) => {
        holding();

        const answer = await http.patch(`/devices/${id}`, { version: 1, port: 23, [field]: value });

        expect([answer.status, answer.body.code]).to.deep.equal([400, 'invalid-request']);
        expect(table.all()).to.deep.equal([aDevice().snapshot()]);
      }),
    );
  }

  for (const key of ['__proto__', 'constructor', 'prototype']) {
    it(
      `refuse a body with the key ${key}, at the top and inside the credentials`,
      t.test(async ({ http, table }) => {
        const text = JSON.stringify(registration);

        const answers = [
          await http.post('/devices', text.replace('{', `{"${key}":{"model":"ios"},`)),
          await http.post('/devices', text.replace('{"kind"', `{"${key}":{"model":"ios"},"kind"`)),
        ];

        expect(answers.map(({ status }) => status)).to.deep.equal([400, 400]);
        expect(table.all()).to.deep.equal([]);
      }),
    );
  }

  it(
    'never repeat credentials, in an answer, in a refusal or in the log',
    t.test(async ({ http, log }) => {
      const passphrase = 'canary-phrase';
      const privateKey = generateKeyPairSync('ec', {
        namedCurve: 'prime256v1',
        publicKeyEncoding: { type: 'spki', format: 'pem' },
        privateKeyEncoding: { type: 'sec1', format: 'pem', cipher: 'aes-256-cbc', passphrase },
      }).privateKey;
      const key = { kind: 'key', username: 'canary-user', privateKey, passphrase };
      const garbage = { ...key, privateKey: 'canary-key' };
      const misspelt = { ...credentials, password: ['canary-password'] };

      const answers = [
        await http.post('/devices', registration),
        await http.post('/devices', registration),
        await http.post('/devices', { ...registration, name: 'core-2', credentials: key }),
        await http.post('/devices', { ...registration, model: 'vax' }),
        await http.post('/devices', { ...registration, credentials: { ...credentials, kind: 'canary-kind' } }),
        await http.post('/devices', { ...registration, credentials: { ...key, password: 'canary-password' } }),
        await http.post('/devices', { ...registration, credentials: misspelt }),
        await http.post('/devices', { ...registration, credentials: 'canary-text' }),
        await http.post('/devices', JSON.stringify(registration).slice(0, -1)),
        await http.post('/devices', { ...registration, name: 'core-3', credentials: garbage }),
        await http.patch(`/devices/${id}`, { version: 1, credentials: garbage }),
        await http.patch(`/devices/${id}`, { version: 1, credentials: key }),
        await http.patch(`/devices/${id}`, { version: 1, credentials: key }),
        await http.get(`/devices/${id}`),
        await http.get('/devices'),
      ];

      expect(answers.map(({ status }) => status)).to.deep.equal([
        201, 409, 201, 422, 400, 400, 400, 400, 400, 400, 400, 200, 409, 200, 200,
      ]);
      const said = JSON.stringify([answers, log]);
      expect(said).not.to.match(/canary|PRIVATE KEY|credentials_|keyId/);
      expect(log).to.have.lengthOf(answers.length);
    }),
  );

  it(
    'keep a password out of the log even when an adapter complains about what it was given',
    t.test(async (test) => {
      const complain: CredentialVault['seal'] = async (_, given) => {
        throw new Error(`Out of reach: ${inspect(given)} ${JSON.stringify(given)}`);
      };
      test.vault = { seal: complain, open: async () => expect.fail('Nothing is opened.') };

      const answer = await test.http.post('/devices', registration);

      expect([answer.status, answer.body.code]).to.deep.equal([500, 'internal-error']);
      expect(JSON.stringify(test.log)).to.include('Out of reach').and.not.include('canary-password');
      expect(answer.text).not.to.include('canary');
    }),
  );
});
