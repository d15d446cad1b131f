import { Secret } from '#kernel';
import { contract } from '#kernel/testing';
import { expect } from 'chai';
import { WebhookTransport, type WebhookMessage } from '../ports/webhook-transport.ts';

export type TransportUnderTest = {
  readonly transport: WebhookTransport;
  /** The test's. */
  readonly signal: AbortSignal;
  /** A receiver that answers with this status, or never does; answers its URL. */
  readonly receiver: (answer: { status: number; retryAfterMs?: number } | 'hangs') => Promise<string>;
  /** A URL at which there is nobody. */
  readonly nobody: () => Promise<string>;
  /** The ids and bodies of all messages that have arrived. */
  readonly arrived: () => readonly Pick<WebhookMessage, 'id' | 'body'>[];
  /** Resolves when a message has arrived at a receiver that hangs. */
  readonly untilArrived: () => Promise<unknown>;
};

const secret = new Secret(`whsec_${Buffer.alloc(32, 7).toString('base64')}`);
const messageTo = (url: string): WebhookMessage => {
  return { url, id: 'some-id', at: new Date('2026-01-01T00:00:00.000Z'), body: '{"ä":"漢"}', secrets: [secret] };
};

/** What every {@link WebhookTransport} promises. */
export const webhookTransportContract = contract(WebhookTransport, (open: () => TransportUnderTest) => {
  for (const status of [200, 204, 301, 400, 410, 500]) {
    it(`delivers a message once, and tells that it was answered with ${status}`, async () => {
      const { transport, signal, receiver, arrived } = open();

      const answer = await transport.post(messageTo(await receiver({ status })), signal);

      expect(answer).to.deep.equal({ kind: 'Answered', status, retryAfterMs: null });
      expect(arrived()).to.have.lengthOf(1);
      expect(arrived()[0]).to.include({ id: 'some-id', body: '{"ä":"漢"}' });
    });
  }

  it('tells how long a receiver asks to be left alone', async () => {
    const { transport, signal, receiver } = open();

    const answer = await transport.post(messageTo(await receiver({ status: 429, retryAfterMs: 120_000 })), signal);

    expect(answer).to.deep.equal({ kind: 'Answered', status: 429, retryAfterMs: 120_000 });
  });

  it('tells that nobody is there', async () => {
    const { transport, signal, nobody } = open();

    const answer = await transport.post(messageTo(await nobody()), signal);

    expect(answer).to.include({ kind: 'NotReached' }).and.have.property('reason').that.is.a('string');
  });

  it('stops when the caller stops', async () => {
    const { transport, receiver, untilArrived } = open();
    const [caller, stopped] = [new AbortController(), new Error('stopped by the caller')];
    const url = await receiver('hangs');

    const posting = transport.post(messageTo(url), caller.signal).catch((error: unknown) => error);
    await untilArrived();
    caller.abort(stopped);

    expect(await posting).to.equal(stopped);
  });

  it('sends nothing for a caller that has stopped', async () => {
    const { transport, receiver, arrived } = open();
    const stopped = new Error('stopped by the caller');
    const url = await receiver({ status: 204 });

    const outcome = await transport.post(messageTo(url), AbortSignal.abort(stopped)).catch((error: unknown) => error);

    expect([outcome, arrived()]).to.deep.equal([stopped, []]);
  });
});
