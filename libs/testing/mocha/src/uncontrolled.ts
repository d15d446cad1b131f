import { noteFact, runningTest } from '#testing/runtime';
import { subscribe } from 'node:diagnostics_channel';
import { basename } from 'node:path';

/**
 * Tells the report what tests do that no clock and no double of the kit can hold: requests to other machines, and processes.
 * Real timers, `Date.now` and `Math.random` cannot be seen at a price that every test could pay; a lint rule keeps them out.
 */
export function tellUncontrolled(): void {
  subscribe('http.client.request.start', (message) => {
    noteHost((message as { request: { host?: string } }).request.host);
  });
  subscribe('undici:request:create', (message) => {
    const { origin } = (message as { request: { origin?: string | URL } }).request;
    noteHost(origin === undefined ? undefined : new URL(origin).hostname);
  });
  subscribe('child_process', (message) => {
    if (runningTest() === undefined) return;
    const { process } = message as { process: { spawnfile?: string } };
    // Told of while it is made, before it has a name.
    queueMicrotask(() => {
      noteFact({
        topic: 'not controlled',
        text: `${basename(process.spawnfile ?? '')} ran as a process, by the real clock`,
      });
    });
  });
}

function noteHost(host: string | undefined): void {
  if (runningTest() === undefined || host === undefined || LOCAL.test(host)) return;
  noteFact({ topic: 'not controlled', text: `a request went to ${host}, by the real network` });
}

const LOCAL = /^(localhost|127\.[\d.]+|\[?::1\]?)$/;
