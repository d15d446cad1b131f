import { contract, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { SecretUnreadable, WebhookSecrets } from '../ports/webhook-secrets.ts';

const owner = sequentialId<'Subscription'>(1);
const untimed = (): AbortSignal => new AbortController().signal;

/** What every {@link WebhookSecrets} promises. */
export const webhookSecretsContract = contract(WebhookSecrets, (open: () => WebhookSecrets) => {
  it('issues secrets of 32 bytes, each another one, and opens them', async () => {
    const secrets = open();

    const [one, other] = [await secrets.issue(owner, untimed()), await secrets.issue(owner, untimed())];

    const revealed = one.secret.reveal();
    expect(revealed)
      .to.match(/^whsec_[A-Za-z0-9+/]{43}=$/)
      .and.not.equal(other.secret.reveal());
    expect((await secrets.open(owner, one.sealed, untimed())).reveal()).to.equal(revealed);
  });

  it('opens a secret for no other subscription, under no other key, and not when a bit has changed', async () => {
    const secrets = open();
    const { sealed } = await secrets.issue(owner, untimed());
    const changed = sealed.bytes.map((byte, index) => (index === 0 ? byte ^ 1 : byte));

    const failures = await Promise.all([
      secrets.open(sequentialId(2), sealed, untimed()).catch((error: unknown) => error),
      secrets.open(owner, { ...sealed, keyId: 'another' }, untimed()).catch((error: unknown) => error),
      secrets.open(owner, { ...sealed, bytes: changed }, untimed()).catch((error: unknown) => error),
    ]);

    for (const failure of failures) expect(failure).to.be.instanceOf(SecretUnreadable);
  });

  it('does nothing for a caller that has stopped', async () => {
    const secrets = open();
    const { sealed } = await secrets.issue(owner, untimed());
    const stopped = new Error('stopped by the caller');

    const answers = await Promise.allSettled([
      secrets.issue(owner, AbortSignal.abort(stopped)),
      secrets.open(owner, sealed, AbortSignal.abort(stopped)),
    ]);

    const rejected = { status: 'rejected', reason: stopped };
    expect(answers).to.deep.equal([rejected, rejected]);
  });
});
