import { Secret } from '#kernel';
import { expectOk } from '#kernel/testing';
import { SubscribeWebhook } from '#notifications/application';
import { notificationsModule } from '#notifications/infrastructure';
import { expect } from 'chai';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BackupServiceTest, MASTER_KEY } from './testing/backup-service-test.ts';

type Arrived = { readonly headers: IncomingHttpHeaders; readonly body: string };

class WebhooksTest extends BackupServiceTest {
  readonly arrived: Arrived[] = [];

  protected override modules() {
    const webhooks = { allowedNetworks: [], allowLoopback: true };
    return [...super.modules(), notificationsModule({ masterKey: new Secret(MASTER_KEY), webhooks })];
  }

  /** A receiver that takes everything. */
  async receiver(): Promise<string> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => {
          this.arrived.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
          response.writeHead(204).end();
        });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    await this.use(server);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }
}

const t = WebhooksTest.install();

describe('the worker process', function () {
  // Processes start and end in it, also on a machine that is busy.
  this.timeout(60_000);

  it(
    'tells a webhook, signed, that a device has a new version',
    t.test(
      async ({ get, receiver, addDevice, requestBackup, startWorker, jobOnceDone, eventually, arrived, signal }) => {
        const subscribe = await get(SubscribeWebhook);
        const command = { url: await receiver(), eventTypes: ['device.changed'] as const };
        const { secret } = expectOk(await subscribe.execute(command, { signal }));
        const { id } = await addDevice({});
        const jobs = [await requestBackup(id), await requestBackup(id)];

        await startWorker();
        for (const job of jobs) await jobOnceDone(job);
        await eventually({ what: 'a message', probe: () => arrived.length > 0, within: 15_000 });

        const [{ headers, body }] = arrived as [Arrived];
        const key = Buffer.from(secret.reveal().slice('whsec_'.length), 'base64');
        const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
        expect(headers['webhook-signature']).to.equal(
          `v1,${createHmac('sha256', key).update(content).digest('base64')}`,
        );
        expect(JSON.parse(body)).to.include({ type: 'device.changed', subject: id });
        expect(arrived).to.have.lengthOf(1);
      },
    ),
  );
});
