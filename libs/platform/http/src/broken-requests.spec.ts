import { expect } from 'chai';
import { text } from 'node:stream/consumers';
import type { HttpServer } from './http-routes.ts';
import { RunningServerTest } from './testing/running-server-test.ts';
import { withToken } from './testing/test-server-parts.ts';

const POST_WITH_TOKEN = `POST /things HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nauthorization: ${withToken.authorization}\r\n`;

type Answer = { readonly status: number; readonly headers: string; readonly problem: Record<string, unknown> };

class BrokenRequestTest extends RunningServerTest {
  protected override routes(on: HttpServer): void {
    on.post('/things', async () => ({}));
  }

  protected override limits() {
    return { headerBytes: 4_000, headersMs: 30, arrivalMs: 200, arrivalCheckMs: 10 };
  }

  async send(bytes: string): Promise<Answer> {
    const socket = this.connect();
    socket.write(bytes);
    const [headers = '', body = ''] = (await text(socket)).split('\r\n\r\n');
    return { status: Number(headers.split(' ')[1]), headers, problem: JSON.parse(body) as Answer['problem'] };
  }
}

const t = BrokenRequestTest.install();

describe('a request that is broken before it is one', () => {
  for (const [what, bytes, status, code] of [
    ['no HTTP at all', 'EHLO mail.example.com\r\n\r\n', 400, 'malformed-request'],
    ['of an unknown length', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ten\r\n\r\n', 400, 'malformed-request'],
    [
      'of two lengths',
      'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n',
      400,
      'malformed-request',
    ],
    ['without a host', 'GET /health/live HTTP/1.1\r\nconnection: close\r\n\r\n', 400, 'malformed-request'],
    ['of endless headers', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(4_000)}\r\n\r\n`, 431, 'headers-too-large'],
    ['expecting a miracle', 'GET / HTTP/1.1\r\nhost: x\r\nexpect: a-miracle\r\n\r\n', 417, 'expectation-failed'],
    ['that never ends its headers', 'GET / HTTP/1.1\r\nhost: x\r\n', 408, 'request-timeout'],
    ['that never ends its body', `${POST_WITH_TOKEN}content-length: 9\r\n\r\n{`, 408, 'request-timeout'],
  ] as const) {
    it(
      `is refused when it is ${what}`,
      t.test(async ({ send }) => {
        const answer = await send(bytes);

        expect(answer.status).to.equal(status);
        expect(answer.problem).to.include({ type: 'about:blank', status, code });
        expect(answer.problem['requestId']).to.be.a('string');
        expect(answer.headers.toLowerCase()).to.include('content-type: application/problem+json');
        expect(answer.headers.toLowerCase()).to.include('cache-control: no-store');
      }),
    );
  }
});
