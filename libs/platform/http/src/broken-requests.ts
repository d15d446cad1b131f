import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Ids } from '#kernel';
import type { FastifyInstance } from 'fastify';
import { problemBody, PROBLEM_TYPE, type Problem } from './problem.ts';
import { refuse } from './refuse.ts';

type ParserError = Error & { readonly code?: string };

/** Answers what is not a request yet: the bytes on this socket are no HTTP, too long, or too slow. */
export function answerBrokenRequest(ids: Ids): (error: ParserError, socket: Socket) => void {
  return (error, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const { head, body } = rawAnswer(problemOf(error), ids.next());
    socket.end(`${head}\r\n\r\n${body}`);
  };
}

/** Node would answer an `Expect` that it does not know with an empty 417. */
export function answerUnknownExpectation(server: Server, ids: Ids): void {
  server.on('checkExpectation', (_: IncomingMessage, response: ServerResponse) => {
    const detail = 'Leave the header `Expect` out, or send `100-continue`.';
    const { headers, body, status } = rawAnswer({ status: 417, code: 'expectation-failed', detail }, ids.next());
    response.writeHead(status, headers).end(body);
  });
}

/** Node would answer a request without `Host` with an empty 400; it is told not to, so that this answers. */
export function refuseMissingHost(server: FastifyInstance): void {
  server.addHook('onRequest', async ({ raw }, reply) => {
    if (raw.httpVersion === '1.0' || raw.headers.host !== undefined) return;
    return refuse(reply, { status: 400, code: 'malformed-request', detail: 'The header `Host` is missing.' });
  });
}

function problemOf({ code }: ParserError): Problem {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: 408, code: 'request-timeout', detail: 'The request took too long to arrive.' };
    case 'HPE_HEADER_OVERFLOW':
      return { status: 431, code: 'headers-too-large', detail: 'The headers are too large.' };
    default:
      return { status: 400, code: 'malformed-request', detail: 'This is not a valid HTTP request.' };
  }
}

function rawAnswer(problem: Problem, requestId: string) {
  const { status } = problem;
  const answer = problemBody(problem, requestId);
  const body = JSON.stringify(answer);
  const headers = {
    'content-type': PROBLEM_TYPE,
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return { status, headers, body, head: [`HTTP/1.1 ${status} ${answer.title}`, ...lines].join('\r\n') };
}
