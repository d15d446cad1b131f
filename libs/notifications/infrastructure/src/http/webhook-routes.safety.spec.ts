import { sequentialId } from '#kernel/testing';
import type { NewEvent } from '#notifications/contracts';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { WebhookApiTest } from '../testing/webhook-api-test.ts';

type Webhook = { readonly secret: string };

const subscription = { url: 'https://receiver.example/hook', eventTypes: ['device.changed', 'job.parked'] };
const changed = (subject: string): NewEvent => ({ type: 'device.changed', subject, data: { version: 2 } });

const t = WebhookApiTest.install();

describe('the routes of webhooks, asked for too much,', () => {
  const nobody = sequentialId(99);
  const at = (path: string): string => `/webhooks/${sequentialId(1)}${path}`;
  for (const [title, { why: _, status, code, method, path, ...options }] of cases(
    'refuse {why}: {method} {path}, as {code}',
    [
      {
        why: 'a URL without https',
        status: 422,
        code: 'invalid-webhook-url',
        method: 'POST',
        path: '/webhooks',
        body: { ...subscription, url: 'http://a/' },
      },
      {
        why: 'an unknown type',
        status: 400,
        code: 'invalid-request',
        method: 'POST',
        path: '/webhooks',
        body: { ...subscription, eventTypes: ['no.such'] },
      },
      {
        why: 'a secret of its own',
        status: 400,
        code: 'invalid-request',
        method: 'POST',
        path: '/webhooks',
        body: { ...subscription, secret: 'mine' },
      },
      { why: 'an unknown query', status: 400, code: 'invalid-request', method: 'GET', path: '/events?since=1' },
      { why: 'nobody', status: 404, code: 'webhook-not-found', method: 'GET', path: `/webhooks/${nobody}` },
      { why: 'nobody', status: 404, code: 'webhook-not-found', method: 'DELETE', path: `/webhooks/${nobody}` },
      {
        why: 'nobody',
        status: 404,
        code: 'webhook-not-found',
        method: 'PATCH',
        path: `/webhooks/${nobody}`,
        body: { version: 1 },
      },
      {
        why: 'nobody',
        status: 404,
        code: 'webhook-not-found',
        method: 'POST',
        path: `/webhooks/${nobody}/secret`,
        body: { version: 1 },
      },
      { why: 'nobody', status: 404, code: 'webhook-not-found', method: 'POST', path: `/webhooks/${nobody}/test` },
      { why: 'nobody', status: 404, code: 'webhook-not-found', method: 'GET', path: `/webhooks/${nobody}/deliveries` },
      {
        why: 'an old version',
        status: 409,
        code: 'stale-webhook',
        method: 'PATCH',
        path: at(''),
        body: { version: 9 },
      },
      {
        why: 'an old version',
        status: 409,
        code: 'stale-webhook',
        method: 'POST',
        path: at('/secret'),
        body: { version: 9 },
      },
      {
        why: 'a URL of another kind',
        status: 422,
        code: 'invalid-webhook-url',
        method: 'PATCH',
        path: at(''),
        body: { version: 1, url: 'ftp://a/' },
      },
      {
        why: 'an unknown delivery',
        status: 404,
        code: 'delivery-not-found',
        method: 'POST',
        path: at(`/deliveries/${nobody}/redeliver`),
      },
    ],
  )) {
    it(
      title,
      t.test(async ({ http }) => {
        await http.post('/webhooks', subscription);

        const answer = await http.ask(method, path, options);

        expect([answer.status, answer.body.code]).to.deep.equal([status, code]);
      }),
    );
  }

  it(
    'refuse to send a delivery again that waits, or that is of another webhook',
    t.test(async ({ http, published, stored }) => {
      await http.post('/webhooks', subscription);
      await published(changed('a'));
      const [id] = stored.deliveries.keys();

      const answers = [
        await http.post(at(`/deliveries/${id}/redeliver`)),
        await http.post(`/webhooks/${nobody}/deliveries/${id}/redeliver`),
      ];

      expect(answers.map(({ body }) => body.code)).to.deep.equal(['delivery-waiting', 'delivery-not-found']);
    }),
  );

  it(
    'never log a secret, and never answer one twice',
    t.test(async ({ http, log }) => {
      const secrets = [(await http.post<Webhook>('/webhooks', subscription)).body.secret];
      secrets.push((await http.post<Webhook>(at('/secret'), { version: 1 })).body.secret);

      const answers = [
        await http.get('/webhooks'),
        await http.get(at('')),
        await http.patch(at(''), { version: 2, active: false }),
        await http.post(at('/test')),
        await http.get(at('/deliveries')),
        await http.post(at('/secret'), { version: 1 }),
      ];

      const said = JSON.stringify([answers.map(({ text, headers }) => [text, headers]), log]);
      for (const secret of secrets) expect(said).not.to.include(secret.slice(6, 40));
    }),
  );
});
