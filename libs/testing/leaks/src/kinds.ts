/** What Node tells of a resource when it is made; all of it is undocumented, and each is looked at with care. */
export type Resource = { hasRef?: () => boolean; readonly _repeat?: unknown };

export type Kind = { what(resource: Resource): string; readonly advice: string };

const kind = (what: string, advice: string): Kind => ({ what: () => what, advice });

const socket = kind('a TCP socket', 'end or destroy it');
const pipe = kind('a pipe or local socket', 'end the child process or connection that it belongs to');

/**
 * The resources of Node that live until somebody closes them, by their type in `async_hooks`. Requests, ticks and
 * immediates end by themselves and are not of interest.
 */
export const kinds: Readonly<Record<string, Kind>> = {
  Timeout: {
    what: ({ _repeat }) => (typeof _repeat === 'number' ? 'an interval' : 'a timer'),
    advice: 'clear it, or wait until it has fired',
  },
  TCPSERVERWRAP: kind('a TCP server', 'close it'),
  PIPESERVERWRAP: kind('a server on a local socket', 'close it'),
  TCPWRAP: socket,
  PIPEWRAP: pipe,
  UDPWRAP: kind('a UDP socket', 'close it'),
  PROCESSWRAP: kind('a child process', 'end it and wait for its exit'),
  WORKER: kind('a worker', 'await its terminate()'),
  FSEVENTWRAP: kind('a file watcher', 'close it'),
  STATWATCHER: kind('a file watcher (watchFile)', 'unwatch the file'),
};
