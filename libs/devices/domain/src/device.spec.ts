import { expectErr, expectOk, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { Device } from './device.ts';
import { parseDeviceDetails, type DeviceDetails, type DeviceDetailsText } from './device-details.ts';
import { parseTags } from './tag.ts';
import { aDevice } from './testing/a-device.ts';
import { aHostKey } from './testing/a-host-key.ts';

const credentials = { keyId: 'key-1', bytes: Uint8Array.of(1, 2, 3) };
const later = new Date('2026-01-02T00:00:00.000Z');

function details(facts: Partial<DeviceDetailsText> = {}): DeviceDetails {
  const text = { name: 'core-1', address: '192.0.2.1', port: 22, model: 'ios', ...facts };
  return expectOk(parseDeviceDetails(text, ['eos', 'ios']));
}

describe('Device', () => {
  it('is registered without a host key', () => {
    const device = Device.register({ id: sequentialId(7), details: details(), credentials }, later);

    expect(device.snapshot()).to.deep.equal({
      id: sequentialId(7),
      name: 'core-1',
      address: '192.0.2.1',
      port: 22,
      model: 'ios',
      credentials,
      hostKey: null,
      enabled: true,
      tags: [],
      version: 1,
      createdAt: later,
      changedAt: later,
    });
  });

  it('takes on a change as its next version', () => {
    const device = aDevice({ version: 4 });
    const sealedAnew = { keyId: 'key-2', bytes: Uint8Array.of(9) };

    const outcome = device.change(
      { basedOn: 4, details: details({ name: 'edge-1', model: 'eos' }), credentials: sealedAnew },
      later,
    );

    expectOk(outcome);
    const changed = { name: 'edge-1', model: 'eos', credentials: sealedAnew, version: 5, changedAt: later };
    expect(device.snapshot()).to.deep.equal({ ...aDevice().snapshot(), ...changed });
  });

  it('keeps its credentials when a change brings none', () => {
    const device = aDevice({ credentials });

    device.change({ basedOn: 1, details: details({ name: 'edge-1' }) }, later);

    expect(device.snapshot().credentials).to.equal(credentials);
  });

  it('refuses a change that was made for an earlier version, and stays as it is', () => {
    const device = aDevice({ version: 4 });

    const refusal = expectErr(device.change({ basedOn: 3, details: details({ name: 'edge-1' }) }, later));

    expect(refusal).to.deep.equal({ kind: 'StaleDevice', deviceId: sequentialId(1), version: 3 });
    expect(device.snapshot()).to.deep.equal(aDevice({ version: 4 }).snapshot());
  });

  it('remembers the host key that was pinned', () => {
    const device = aDevice();
    const { algorithm, fingerprint } = aHostKey();

    expectOk(device.pinHostKey({ hostKey: aHostKey() }, later));

    expect(device.snapshot()).to.deep.include({ hostKey: { algorithm, fingerprint }, version: 2, changedAt: later });
  });

  it('takes a host key that was verified for the version it has', () => {
    const device = aDevice({ version: 4 });

    expectOk(device.pinHostKey({ hostKey: aHostKey(), basedOn: 4 }, later));

    expect(device.snapshot()).to.deep.include({ hostKey: { ...aHostKey() }, version: 5 });
  });

  it('refuses a host key that was verified before the device moved', () => {
    const device = aDevice();
    expectOk(device.change({ basedOn: 1, details: details({ address: '192.0.2.2' }) }, later));
    const moved = device.snapshot();

    const refusal = expectErr(device.pinHostKey({ hostKey: aHostKey(), basedOn: 1 }, later));

    expect(refusal).to.deep.equal({ kind: 'StaleDevice', deviceId: sequentialId(1), version: 1 });
    expect(device.snapshot()).to.deep.equal(moved);
  });

  for (const moved of [{ address: '192.0.2.2' }, { port: 2022 }]) {
    it(`drops the pinned host key with a new ${Object.keys(moved).join()}`, () => {
      const device = aDevice({ hostKey: aHostKey() });

      device.change({ basedOn: 1, details: details(moved) }, later);

      expect(device.snapshot()).to.deep.include({ ...moved, hostKey: null });
    });
  }

  it('takes the host key of the place that it moves to', () => {
    const device = aDevice({ hostKey: { ...aHostKey(), fingerprint: 'of the old place' } });

    expectOk(device.change({ basedOn: 1, details: details({ port: 2022 }), hostKey: aHostKey() }, later));

    expect(device.snapshot()).to.deep.include({ port: 2022, hostKey: { ...aHostKey() }, version: 2 });
  });

  it('is registered, and changed, with all that is said of it at once', () => {
    const extras = { tags: expectOk(parseTags(['edge', 'Ams'])), enabled: false, hostKey: aHostKey() };
    const said = { tags: ['ams', 'edge'], enabled: false, hostKey: { ...aHostKey() } };
    const changed = aDevice();

    const registered = Device.register({ id: sequentialId(7), details: details(), credentials, ...extras }, later);
    expectOk(changed.change({ basedOn: 1, details: details(), ...extras }, later));

    expect(registered.snapshot()).to.deep.include({ ...said, version: 1 });
    expect(changed.snapshot()).to.deep.include({ ...said, version: 2 });
  });

  it('makes no version of a change to what it is already', () => {
    const same = aDevice({ tags: ['ams'], hostKey: { ...aHostKey() } });

    const extras = { tags: expectOk(parseTags(['AMS'])), enabled: true, hostKey: aHostKey() };
    expectOk(same.change({ basedOn: 1, details: details(), ...extras }, later));
    expectOk(same.pinHostKey({ hostKey: aHostKey() }, later));

    expect(same.snapshot()).to.deep.equal(aDevice({ tags: ['ams'], hostKey: { ...aHostKey() } }).snapshot());
  });

  it('keeps the pinned host key through any other change', () => {
    const device = aDevice({ hostKey: aHostKey() });

    device.change({ basedOn: 1, details: details({ name: 'edge-1', model: 'eos' }), credentials }, later);

    expect(device.snapshot().hostKey).to.deep.equal(aHostKey());
  });
});
