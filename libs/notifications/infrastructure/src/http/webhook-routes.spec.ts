import { sequentialId } from '#kernel/testing';
import type { NewEvent } from '#notifications/contracts';
import { expect } from 'chai';
import { WebhookApiTest } from '../testing/webhook-api-test.ts';

type Webhook = { readonly id: string; readonly secret: string; readonly version: number };
type Page = { readonly items: readonly { readonly id: string }[]; readonly next: string | null };

const url = 'https://receiver.example/hook';
const subscription = { url, eventTypes: ['device.changed', 'job.parked'] };
const shown = {
  id: sequentialId(1),
  ...subscription,
  active: true,
  disabled: null,
  failingSince: null,
  version: 1,
};
const changed = (subject: string): NewEvent => ({ type: 'device.changed', subject, data: { version: 2 } });

const t = WebhookApiTest.install();

describe('the routes of webhooks', () => {
  it(
    'add a webhook, and show its secret this once',
    t.test(async ({ http, stored }) => {
      const added = await http.post<Webhook>('/webhooks', subscription);
      const { secret } = added.body;

      expect([added.status, added.headers.location]).to.deep.equal([201, `/api/v1/webhooks/${shown.id}`]);
      expect(added.body).to.deep.include(shown);
      expect(secret).to.match(/^whsec_.{44}$/);
      const later = [await http.get(`/webhooks/${shown.id}`), await http.get('/webhooks')];
      expect(later[0]?.body).to.deep.include(shown);
      expect(JSON.stringify([later, ...stored.subscriptions.values()])).not.to.include(secret);
      expect(JSON.stringify(later)).not.to.match(/whsec|keyId|secret/);
    }),
  );

  it(
    'change what is given, and leave the rest',
    t.test(async ({ http }) => {
      await http.post('/webhooks', subscription);

      const stopped = await http.patch(`/webhooks/${shown.id}`, { version: 1, active: false });
      const moved = await http.patch(`/webhooks/${shown.id}`, { version: 2, url: `${url}2`, active: true });

      expect(stopped.body).to.deep.include({ ...shown, active: false, disabled: 'by hand', version: 2 });
      expect(moved.body).to.deep.include({ ...shown, url: `${url}2`, version: 3 });
    }),
  );

  it(
    'rotate a secret, and sign with both in a test',
    t.test(async ({ http, transport }) => {
      transport.place(url, { status: 202 });
      const first = (await http.post<Webhook>('/webhooks', subscription)).body.secret;

      const rotated = await http.post<Webhook>(`/webhooks/${shown.id}/secret`, { version: 1 });
      const tested = await http.post(`/webhooks/${shown.id}/test`);

      const [message] = transport.received;
      expect(message?.secrets.map((secret) => secret.reveal())).to.deep.equal([rotated.body.secret, first]);
      expect(JSON.parse(message?.body ?? '')).to.include({ type: 'webhook.test', subject: shown.id, data: null });
      expect(tested.body).to.deep.equal({ delivered: true, status: 202, reason: null });
    }),
  );

  it(
    'say that a secret is lost with the master key, and sign with the next one alone',
    t.test(async ({ http, stored, transport }) => {
      transport.place(url);
      await http.post('/webhooks', subscription);
      for (const [id, kept] of stored.subscriptions) {
        stored.subscriptions.set(id, { ...kept, secret: { ...kept.secret, keyId: 'lost' } });
      }

      const lost = await http.post(`/webhooks/${shown.id}/test`);
      const next = (await http.post<Webhook>(`/webhooks/${shown.id}/secret`, { version: 1 })).body.secret;
      const rotated = await http.post(`/webhooks/${shown.id}/test`);

      expect(lost.body).to.deep.equal({ delivered: false, status: null, reason: 'its secret cannot be read' });
      expect(rotated.body).to.include({ delivered: true });
      const signed = transport.received.map(({ secrets }) => secrets.map((secret) => secret.reveal()));
      expect(signed).to.deep.equal([[next]]);
    }),
  );

  it(
    'tell what a test has come to',
    t.test(async ({ http, transport }) => {
      await http.post('/webhooks', subscription);

      const nobody = (await http.post(`/webhooks/${shown.id}/test`)).body;
      transport.place(url, { status: 500 });
      const refused = (await http.post(`/webhooks/${shown.id}/test`)).body;

      expect(nobody).to.deep.equal({ delivered: false, status: null, reason: 'nobody answers there' });
      expect(refused).to.deep.equal({ delivered: false, status: 500, reason: null });
    }),
  );

  it(
    'list deliveries page by page, and send one again that has ended',
    t.test(async ({ http, published, givenUp, jobs }) => {
      await http.post('/webhooks', subscription);
      await published(changed('a'), changed('b'), { ...changed('c'), type: 'device.stale' });
      await givenUp();

      const first = (await http.get<Page>(`/webhooks/${shown.id}/deliveries?limit=1`)).body;
      const second = (await http.get<Page>(`/webhooks/${shown.id}/deliveries?limit=1&before=${first.next}`)).body;
      const again = await http.post(`/webhooks/${shown.id}/deliveries/${second.items[0]?.id}/redeliver`);
      const waiting = (await http.get<Page>(`/webhooks/${shown.id}/deliveries?state=waiting`)).body;

      expect([first.items.length, second.items.length, second.next]).to.deep.equal([1, 1, null]);
      expect([again.status, again.body.id, again.body.state]).to.deep.equal([202, second.items[0]?.id, 'waiting']);
      expect(waiting.items.map(({ id }) => id)).to.deep.equal([second.items[0]?.id]);
      expect(jobs.submitted.size).to.equal(3);
    }),
  );

  it(
    'list events from a number on, also when there is none yet',
    t.test(async ({ http, published }) => {
      const none = (await http.get('/events?after=5')).body;
      await published(changed('a'), changed('b'));

      const page = (await http.get<Page>('/events?after=1')).body;

      expect(none).to.deep.equal({ items: [], next: 5 });
      expect(page.items).to.have.lengthOf(1);
      expect(page.items[0]).to.deep.include({ number: 2, type: 'device.changed', subject: 'b', data: { version: 2 } });
      expect(page.next).to.equal(2);
    }),
  );

  it(
    'remove a webhook with its deliveries',
    t.test(async ({ http, published, stored }) => {
      await http.post('/webhooks', subscription);
      await published(changed('a'));

      const removed = await http.delete(`/webhooks/${shown.id}`);

      expect([removed.status, stored.subscriptions.size, stored.deliveries.size]).to.deep.equal([204, 0, 0]);
    }),
  );

  it(
    'take a hundred webhooks and no more',
    t.test(async ({ http }) => {
      for (let count = 0; count < 100; count += 1) await http.post('/webhooks', subscription);

      const refused = await http.post('/webhooks', subscription);

      expect([refused.status, refused.body.code, refused.body.most]).to.deep.equal([409, 'too-many-webhooks', 100]);
    }),
  );
});
