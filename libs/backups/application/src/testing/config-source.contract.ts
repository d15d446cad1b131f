import type { DeviceModel } from '#backups/domain';
import type { DeviceAccess } from '#devices/contracts';
import { Secret } from '#kernel';
import { contract, expectErr, expectOk } from '#kernel/testing';
import { expect } from 'chai';
import { ConfigSource } from '../ports/config-source.ts';

export type DeviceUnderTest = {
  /** The right address, the right key, the right password. */
  readonly access: DeviceAccess;
  /** What is collected when nothing goes wrong. */
  readonly text: string;
};

export type ConfigSourceUnderTest = {
  readonly source: ConfigSource;
  readonly model: DeviceModel;
  readonly device: (ending?: 'whole' | 'cut' | 'silent') => Promise<DeviceUnderTest> | DeviceUnderTest;
  /** Whether the device was told any credentials. */
  readonly wasTrusted: (access: DeviceAccess) => boolean;
  /** How many connections are open. */
  readonly connections: () => number | Promise<number>;
  /** Comes back when a collection waits for a silent device. */
  readonly silence: () => Promise<unknown>;
  /** Lets so much time pass that nobody waits for a silent device any longer. */
  readonly giveUp: () => Promise<unknown>;
};

const untimed = (): AbortSignal => new AbortController().signal;
const password = (access: DeviceAccess, text: string): DeviceAccess => ({
  ...access,
  credentials: { kind: 'password', username: access.credentials.username, password: new Secret(text) },
});

/** What every {@link ConfigSource} promises. `open` gives a new one to each test. */
export const configSourceContract = contract(ConfigSource, (open: () => ConfigSourceUnderTest) => {
  it('collects the whole configuration, and leaves no connection open', async () => {
    const { source, model, device, connections } = open();
    const { access, text } = await device();

    const collected = expectOk(await source.collect(access, model, untimed()));

    expect(collected).to.deep.equal({ text });
    expect(await connections()).to.equal(0);
  });

  it('collects from several devices, and from the same one, at the same time', async () => {
    const { source, model, device } = open();
    const [one, cut] = [await device(), await device('cut')];

    const collecting = [one, cut, one].map(({ access }) => source.collect(access, model, untimed()));
    const [first, second, third] = await Promise.all(collecting);

    expect(first).to.deep.equal({ ok: true, value: { text: one.text } });
    expect(second?.ok).to.equal(false);
    expect(third).to.deep.equal(first);
  });

  it('says nothing to a device without a pinned key', async () => {
    const { source, model, device, wasTrusted } = open();
    const { access } = await device();

    const failure = expectErr(await source.collect({ ...access, hostKey: null }, model, untimed()));

    expect(failure).to.deep.equal({ kind: 'HostKeyUnknown' });
    expect(wasTrusted(access)).to.equal(false);
  });

  it('tells no credentials to a device with another key than the pinned one', async () => {
    const { source, model, device, wasTrusted, connections } = open();
    const [{ access }, other] = [await device(), await device()];
    const pinned = other.access.hostKey;

    const failure = expectErr(await source.collect({ ...access, hostKey: pinned }, model, untimed()));

    expect(failure).to.deep.equal({
      kind: 'HostKeyChanged',
      pinned: pinned?.fingerprint,
      presented: access.hostKey?.fingerprint,
    });
    expect(wasTrusted(access)).to.equal(false);
    expect(await connections()).to.equal(0);
  });

  it('says whose credentials were refused', async () => {
    const { source, model, device } = open();
    const { access } = await device();

    const failure = expectErr(await source.collect(password(access, 'wrong'), model, untimed()));

    expect(failure).to.deep.equal({ kind: 'AuthenticationFailed', username: access.credentials.username });
  });

  it('says that nobody is there', async () => {
    const { source, model, device } = open();
    const { access } = await device();

    const failure = expectErr(await source.collect({ ...access, address: 'nowhere.invalid' }, model, untimed()));

    expect(failure.kind).to.equal('DeviceUnreachable');
  });

  it('takes no part for the whole when the connection is cut', async () => {
    const { source, model, device, connections } = open();
    const { access } = await device('cut');

    const failure = expectErr(await source.collect(access, model, untimed()));

    expect(failure.kind).to.equal('ConfigurationIncomplete');
    expect(await connections()).to.equal(0);
  });

  it('does not wait for ever for a silent device', async () => {
    const { source, model, device, silence, giveUp, connections } = open();
    const { access } = await device('silent');

    const collecting = source.collect(access, model, untimed());
    await silence();
    await giveUp();

    expect(expectErr(await collecting).kind).to.equal('DeviceStalled');
    expect(await connections()).to.equal(0);
  });

  it('ends with the reason of the one who stops it, and leaves no connection open', async () => {
    const { source, model, device, silence, connections } = open();
    const { access } = await device('silent');
    const stop = new AbortController();
    const reason = new Error('stopped by the caller');

    const collecting = source.collect(access, model, stop.signal).catch((thrown: unknown) => thrown);
    await silence();
    stop.abort(reason);

    expect(await collecting).to.equal(reason);
    expect(await connections()).to.equal(0);
  });

  it('does not begin when it was stopped before', async () => {
    const { source, model, device, wasTrusted } = open();
    const { access } = await device();
    const reason = new Error('stopped by the caller');

    const collecting = source.collect(access, model, AbortSignal.abort(reason)).catch((thrown: unknown) => thrown);

    expect(await collecting).to.equal(reason);
    expect(wasTrusted(access)).to.equal(false);
  });
});
