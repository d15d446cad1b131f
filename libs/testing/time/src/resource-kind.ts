/**
 * What a resource that Node announces to `async_hooks` says about work under way.
 *
 * - `request`: certainly under way, from its making to its one callback.
 * - `timer`, `codec`, `socket`: has to be asked.
 * - `worker`: a process, thread or watcher that may yet report something.
 * - `passive`: waits for others, such as a server, or says nothing.
 */
export type ResourceKind = 'request' | 'timer' | 'codec' | 'socket' | 'worker' | 'passive';

const REQUEST = /REQ(UEST|WRAP|CALLBACK|PROMISE)?$/;

const KINDS: Readonly<Record<string, ResourceKind | 'unrelated'>> = {
  PROMISE: 'unrelated',
  TickObject: 'unrelated',
  Microtask: 'unrelated',
  HTTPCLIENTREQUEST: 'passive', // the parser of a connection, kept as long as that
  Immediate: 'request',
  QUERYWRAP: 'request',
  TCPCONNECTWRAP: 'request',
  PIPECONNECTWRAP: 'request',
  WRITEWRAP: 'request',
  SHUTDOWNWRAP: 'request',
  UDPSENDWRAP: 'request',
  HTTP2PING: 'request',
  HTTP2SETTINGS: 'request',
  Timeout: 'timer',
  ZLIB: 'codec',
  TCPWRAP: 'socket',
  PIPEWRAP: 'socket',
  UDPWRAP: 'socket',
  PROCESSWRAP: 'worker',
  WORKER: 'worker',
  FSEVENTWRAP: 'worker',
  STATWATCHER: 'worker',
};

/** Undefined for what comes and goes within a turn of the event loop. */
export function resourceKind(type: string): ResourceKind | undefined {
  const kind = KINDS[type] ?? (REQUEST.test(type) ? 'request' : 'passive');
  return kind === 'unrelated' ? undefined : kind;
}
