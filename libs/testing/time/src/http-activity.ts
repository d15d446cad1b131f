import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { callSite, realTime, runningTest, type CallSite, type RunningTest } from '#testing/runtime';

/** A request that Node's HTTP client, or `fetch`, has sent and that has not been answered to its end. */
export type HttpRequest = {
  readonly what: string;
  readonly test: RunningTest | undefined;
  readonly site: CallSite;
  readonly since: number;
};

const open = new Map<object, HttpRequest>();
const sockets = new WeakSet<Socket>();
let watching = false;

/** Notes from now on which requests are open: an idle connection of an agent looks no different from a busy one. */
export function watchHttp(): void {
  if (watching) return;
  watching = true;
  subscribe('http.client.request.start', (message) => {
    const { request } = message as { request: ClientRequest };
    note(request, `${request.method} ${request.protocol}//${request.host}${request.path}`);
    request.once('close', () => open.delete(request));
    if (request.socket) sockets.add(request.socket);
    else request.once('socket', (socket) => sockets.add(socket));
  });
  subscribe('undici:client:connected', (message) => void sockets.add((message as { socket: Socket }).socket));
  subscribe('undici:request:create', (message) => {
    const { request } = message as { request: { method: string; origin: unknown; path: string } };
    note(request, `${request.method} ${String(request.origin)}${request.path}`);
  });
  for (const end of ['undici:request:trailers', 'undici:request:error'])
    subscribe(end, (message) => void open.delete((message as { request: object }).request));
}

export function openHttpRequests(): Iterable<HttpRequest> {
  return open.values();
}

/** Whether the socket is a connection of an HTTP client, so that its requests tell whether it is busy. */
export function isHttpSocket(socket: Socket): boolean {
  return sockets.has(socket);
}

function note(request: object, what: string): void {
  open.set(request, { what, test: runningTest(), site: callSite(), since: realTime.now() });
}
