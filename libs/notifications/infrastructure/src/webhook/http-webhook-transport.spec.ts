import { Secret } from '#kernel';
import type { WebhookMessage } from '#notifications/application';
import { webhookTransportContract, type TransportUnderTest } from '#notifications/application/testing';
import { AsyncTestBase, cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AddressRules } from './address-rules.ts';
import { HttpWebhookTransport } from './http-webhook-transport.ts';
import type { ResolveHost } from './resolve-host.ts';

type Arrived = { readonly id: string; readonly body: string; readonly headers: IncomingHttpHeaders };

const secret = new Secret(`whsec_${Buffer.alloc(32, 7).toString('base64')}`);
const older = new Secret(`whsec_${Buffer.alloc(32, 8).toString('base64')}`);

class TransportTest extends AsyncTestBase {
  readonly arrived: Arrived[] = [];
  readonly #arrivals = Promise.withResolvers<void>();

  transport(resolve?: ResolveHost, allowLoopback = true): HttpWebhookTransport {
    const rules = new AddressRules({ allowedNetworks: [], allowLoopback });
    return new HttpWebhookTransport({ rules, clock: this.clock, ...(resolve && { resolve }) });
  }

  /** A receiver at this machine's own address, which answers as it is told. */
  async receiver(answer: (response: ServerResponse) => void): Promise<string> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => {
          const body = Buffer.concat(chunks).toString('utf8');
          this.arrived.push({ id: String(request.headers['webhook-id']), body, headers: request.headers });
          this.#arrivals.resolve();
          answer(response);
        });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    await this.use(server);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?a=b`;
  }

  untilArrived(): Promise<void> {
    return this.#arrivals.promise;
  }

  underTest(): TransportUnderTest {
    return {
      transport: this.transport(),
      signal: this.signal,
      receiver: (answer) =>
        this.receiver((response) => {
          if (answer === 'hangs') return;
          if (answer.retryAfterMs !== undefined) response.setHeader('retry-after', answer.retryAfterMs / 1_000);
          response.writeHead(answer.status).end();
        }),
      nobody: async () => {
        const server = createServer();
        await once(server.listen(0, '127.0.0.1'), 'listening');
        const { port } = server.address() as AddressInfo;
        server.close();
        await once(server, 'close');
        return `http://127.0.0.1:${port}/`;
      },
      arrived: () => this.arrived,
      untilArrived: () => this.untilArrived(),
    };
  }
}

const messageTo = (url: string, facts: Partial<WebhookMessage> = {}): WebhookMessage => {
  return {
    url,
    id: 'some-id',
    at: new Date('2026-01-01T00:00:00.999Z'),
    body: '{"ä":"漢"}',
    secrets: [secret],
    ...facts,
  };
};

const t = TransportTest.install();

describe('HttpWebhookTransport', () => {
  webhookTransportContract.holdsFor(
    HttpWebhookTransport,
    t.opens(({ underTest }) => underTest()),
  );

  it(
    'signs with every secret what a receiver can compute from the bytes that it got',
    t.test(async ({ transport, receiver, arrived, signal }) => {
      const url = await receiver((response) => response.writeHead(204).end());

      await transport().post(messageTo(url, { secrets: [secret, older] }), signal);

      const [{ headers, body }] = arrived as [Arrived];
      const content = Buffer.concat([Buffer.from('some-id.1767225600.'), Buffer.from(body)]);
      const expected = [7, 8].map((byte) =>
        createHmac('sha256', Buffer.alloc(32, byte)).update(content).digest('base64'),
      );
      expect(headers).to.include({
        'webhook-id': 'some-id',
        'webhook-timestamp': '1767225600',
        'webhook-signature': `v1,${expected[0]} v1,${expected[1]}`,
        'content-type': 'application/json',
        'content-length': '12',
      });
    }),
  );

  it(
    'signs as the example of Standard Webhooks says',
    t.test(async ({ transport, receiver, arrived, signal }) => {
      const url = await receiver((response) => response.writeHead(204).end());
      const example = {
        id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
        at: new Date(1_614_265_330_000),
        body: '{"test": 2432232314}',
        secrets: [new Secret('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')],
      };

      await transport().post(messageTo(url, example), signal);

      expect(arrived[0]?.headers['webhook-signature']).to.equal('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
    }),
  );

  it(
    'gives up on a receiver that says nothing for ten seconds',
    t.test(async ({ transport, receiver, untilArrived, clock, signal }) => {
      const url = await receiver(() => {});

      const posting = transport().post(messageTo(url), signal);
      await untilArrived();

      await clock.advance(10_000);
      const answer = await posting;
      expect(answer).to.deep.equal({ kind: 'NotReached', reason: 'it has not answered within 10 s' });
    }),
  );

  it(
    'does not wait for a body that never ends',
    t.test(async ({ transport, receiver, signal }) => {
      const url = await receiver((response) => response.writeHead(200).write('on and on'));

      expect(await transport().post(messageTo(url), signal)).to.include({ status: 200 });
    }),
  );

  it(
    'follows no redirection',
    t.test(async ({ transport, receiver, arrived, signal }) => {
      const other = await receiver((response) => response.writeHead(204).end());
      const url = await receiver((response) => response.writeHead(307, { location: other }).end());

      expect(await transport().post(messageTo(url), signal)).to.include({ status: 307 });
      expect(arrived).to.have.lengthOf(1);
    }),
  );

  const inward = ['127.0.0.1', 'localhost', '[::1]', '0x7f.1', '2130706433', '[::ffff:127.0.0.1]', '0'];
  for (const [title, host] of cases('does not connect to {case}', inward)) {
    it(
      title,
      t.test(async ({ transport, receiver, arrived, signal }) => {
        const { port } = new URL(await receiver((response) => response.writeHead(204).end()));

        const answer = await transport(undefined, false).post(messageTo(`http://${host}:${port}/`), signal);

        expect(answer).to.have.property('reason', 'it leads to an address that webhooks may not reach');
        expect(arrived).to.deep.equal([]);
      }),
    );
  }

  it(
    'does not connect where one of the addresses is forbidden',
    t.test(async ({ transport, signal }) => {
      const resolve: ResolveHost = async () => [
        { address: '8.8.8.8', family: 4 },
        { address: '169.254.169.254', family: 4 },
      ];

      const answer = await transport(resolve).post(messageTo('http://receiver.example/'), signal);

      expect(answer).to.have.property('reason', 'it leads to an address that webhooks may not reach');
    }),
  );

  it(
    'connects to the address that was looked at, wherever the name leads a moment later',
    t.test(async ({ transport, receiver, arrived, signal }) => {
      const { port } = new URL(await receiver((response) => response.writeHead(204).end()));
      const asked: string[] = [];
      const resolve: ResolveHost = async (hostname) => {
        asked.push(hostname);
        return [{ address: '127.0.0.1', family: 4 }];
      };

      const answer = await transport(resolve).post(messageTo(`http://receiver.invalid:${port}/`), signal);

      expect(answer).to.include({ status: 204 });
      expect(asked).to.deep.equal(['receiver.invalid']);
      expect(arrived[0]?.headers.host).to.equal(`receiver.invalid:${port}`);
    }),
  );

  it(
    'tells that it was not reached where nobody speaks TLS',
    t.test(async ({ transport, receiver, arrived, signal }) => {
      const plain = await receiver((response) => response.writeHead(204).end());

      const answer = await transport().post(messageTo(plain.replace('http:', 'https:')), signal);

      expect(answer).to.include({ kind: 'NotReached' });
      expect(arrived).to.deep.equal([]);
    }),
  );
});
