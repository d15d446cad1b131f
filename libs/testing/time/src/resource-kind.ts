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

const KINDS: Readonly<Record<string, ResourceKind>> = {
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

export function resourceKind(type: string): ResourceKind {
  return KINDS[type] ?? (REQUEST.test(type) ? 'request' : 'passive');
}
