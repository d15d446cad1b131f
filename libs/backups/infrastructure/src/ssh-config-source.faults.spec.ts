import { newHostKey, type Faults, type SimulatedDevice } from '#device-simulator';
import { recordingsAtHand } from '#device-simulator/testing';
import { expectErr, expectOk } from '#kernel/testing';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { accessTo, commandOf, modelOf, SshTest } from './testing/ssh-test.ts';

const recordings = recordingsAtHand().filter(({ file }) => file.includes('synthetic'));
const ios = recordings.filter(({ model }) => model === 'ios');
const shells = recordings.filter(({ model }) => modelOf(model).mode === 'shell');
const LIMITS = { connect: 5_000, idle: 10_000, total: 60_000 };

describe('A configuration that is collected from a troublesome device', () => {
  const t = SshTest.install();

  const troubles: Readonly<Record<string, { faults: Faults; kind: string }>> = {
    'sends garbled bytes': { faults: { garbled: { everyBytes: 500 } }, kind: 'AnswerGarbled' },
    'never stops sending lines': { faults: { endless: 'interface Loopback1\r\n' }, kind: 'AnswerTooLong' },
    'never ends a line': { faults: { endless: '!' }, kind: 'AnswerTooLong' },
    'never stops sending empty lines': { faults: { endless: '\r\n' }, kind: 'AnswerTooLong' },
    'never stops sending colours': { faults: { endless: '\x1b[31m' }, kind: 'AnswerTooLong' },
    'refuses the password': { faults: { refusesPassword: true }, kind: 'AuthenticationFailed' },
  };
  for (const named of recordings.filter(({ model }) => ['ios', 'routeros'].includes(model))) {
    const what = `fails with {kind} when a device of ${named.model} {case}`;
    for (const [title, { faults, kind }] of cases(what, troubles)) {
      it(
        title,
        t.test(async ({ start, collect }) => {
          const device = await start(named, faults);

          const failure = expectErr(await collect(device, named, { bytes: 300_000 }));

          expect(failure.kind).to.equal(kind);
        }),
      );
    }
  }

  const storms: Readonly<Record<string, Faults>> = {
    'never ends its banner': { endlessBanner: 'Whoever types here is logged.\r\n' },
    'never ends a line of its banner': { endlessBanner: '#' },
    'never stops moving its cursor before the prompt': { endlessBanner: '\x1b[2J\x1b[H' },
    'shows what looks like its prompt again and again': { endlessBanner: 'core-sw1#\r\n' },
    'wants a key after every line, without end': { endless: 'interface Loopback1\r\n', pager: { lines: 1 } },
  };
  for (const [title, faults] of cases('fails at the limit of bytes when a device {case}', storms)) {
    it(
      title,
      t.test(async ({ start, collect }) => {
        const device = await start(ios[0]!, faults);

        const failure = expectErr(await collect(device, ios[0]!, { bytes: 200_000 }));

        expect(failure).to.deep.equal({ kind: 'AnswerTooLong', limitBytes: 200_000 });
      }),
    ).timeout(20_000);
  }

  for (const named of recordings) {
    it(
      `is the same when a device of ${named.model} sends it in pieces of a few bytes`,
      t.test(async ({ start, collect }) => {
        const [calm, nervous] = [await start(named), await start(named, { chunkBytes: 7 })];

        const outcome = await collect(nervous, named);

        expect(outcome).to.deep.equal(await collect(calm, named));
        expect(outcome.ok).to.equal(true);
      }),
    ).timeout(20_000);
  }

  for (const named of shells) {
    it(
      `is the same when a device of ${named.model} keeps its pager on`,
      t.test(async ({ start, collect }) => {
        const [calm, paging] = [await start(named), await start(named, { pager: { lines: 11 } })];

        const outcome = await collect(paging, named);

        expect(outcome).to.deep.equal(await collect(calm, named));
        expect(outcome.ok).to.equal(true);
      }),
    );
  }

  it(
    'fails before any credentials are sent when the device shows another key',
    t.test(async ({ start, collect }) => {
      for (const otherHostKey of [newHostKey(), newHostKey('rsa')]) {
        const device = await start(ios[0]!, { otherHostKey });

        const failure = expectErr(await collect(device, ios[0]!));

        const presented = otherHostKey.algorithm === 'ssh-rsa' ? null : otherHostKey.fingerprint;
        expect(failure).to.deep.equal({ kind: 'HostKeyChanged', pinned: device.hostKey.fingerprint, presented });
        expect(device.log.attempts).to.deep.equal([]);
      }
    }),
  );

  const noSession = { kind: 'DeviceUnreachable', reason: 'there was no session within 5000 ms' };
  const stalled = (waitingFor: string) => ({ kind: 'DeviceStalled', waitingFor });
  for (const [phase, limit, expected] of [
    ['connection', LIMITS.connect, noSession],
    ['authentication', LIMITS.connect, noSession],
    ['channel', LIMITS.idle, stalled('a channel')],
    ['prompt', LIMITS.idle, stalled('the prompt')],
    ['logout', LIMITS.idle, stalled('the end of the session after "exit"')],
  ] as const) {
    it(
      `fails in time when the device is silent from the ${phase} on`,
      t.test(async ({ start, collect, clock, eventually }) => {
        const device = await start(ios[0]!, { silentAt: phase });

        const collecting = collect(device, ios[0]!, LIMITS);
        await eventually({ what: `the ${phase}`, probe: () => hasReached(device, phase) });
        await clock.advance(limit);

        expect(expectErr(await collecting)).to.deep.equal(expected);
        expect(clock.waiting).to.equal(0);
      }),
    );
  }

  it(
    'fails in time when the device is always just about to answer',
    t.test(async ({ start, collect, clock, typed, eventually }) => {
      const device = await start(ios[0]!, { endless: '.', chunkBytes: 1, delayMs: 1 });

      let settled = false;
      const collecting = collect(device, ios[0]!, LIMITS).finally(() => {
        settled = true;
      });
      await typed(commandOf(modelOf('ios')));
      while (!settled) {
        let looks = 0;
        await eventually({ what: 'a few bytes more', probe: () => ++looks > 1 });
        await clock.advance(LIMITS.idle / 2);
      }

      const failure = expectErr(await collecting);
      expect(failure).to.deep.equal({ kind: 'TimeLimitExceeded', milliseconds: LIMITS.total });
    }),
  );

  it(
    'is not kept waiting by a device that does not answer the call',
    t.test(async ({ start, source, clock, signal, eventually }) => {
      const [dead, alive] = [await start(ios[0]!, { silentAt: 'connection' }), await start(ios[0]!)];
      const one = source({ ...LIMITS, sessions: 1 });
      const calling = one.collect(accessTo(dead), modelOf('ios'), signal);
      await eventually({ what: 'the call', probe: () => dead.log.connections > 0 });
      let isDone = false;
      const collecting = one.collect(accessTo(alive), modelOf('ios'), signal).finally(() => (isDone = true));
      const before = alive.log.connections;

      await clock.advance(1_000);
      const outcome = await collecting;
      const wasDoneFirst = isDone && clock.waiting > 0;
      await clock.advance(LIMITS.connect);

      expect(before).to.equal(0);
      expect(expectOk(outcome).text).to.include('hostname');
      expect(wasDoneFirst).to.equal(true);
      expect(expectErr(await calling)).to.deep.equal(noSession);
    }),
  );

  it(
    'becomes whole again when the device has recovered',
    t.test(async ({ start, collect }) => {
      const device = await start(ios[0]!, { cut: { afterBytes: 100, by: 'reset' } });

      const first = await collect(device, ios[0]!);
      device.faults = null;
      const second = await collect(device, ios[0]!);

      expect(expectErr(first).kind).to.equal('ConfigurationIncomplete');
      expect(expectOk(second).text).to.include('hostname');
    }),
  );
});

function hasReached({ log }: SimulatedDevice, phase: string): boolean {
  const [session] = log.sessions;
  switch (phase) {
    case 'connection':
      return log.connections > 0;
    case 'authentication':
      return log.credentialsReceived;
    case 'logout':
      return log.typed.includes('exit');
    default:
      return phase === 'channel' ? log.attempts.some(({ accepted }) => accepted) : session !== undefined;
  }
}
