import { facts, outsideTests } from '#testing/runtime';
import { expect } from 'chai';
import { channel } from 'node:diagnostics_channel';

// The plugin listens in this very process: a message on Node's channels is all that it takes.
const request = (host: string): void => channel('http.client.request.start').publish({ request: { host } });
const noted = (text: string): boolean =>
  facts().some((fact) => fact.topic === 'not controlled' && fact.text.includes(text));

describe('What is not under control', () => {
  it('is a request of a test to another machine', () => {
    request('told.example');

    expect(noted('told.example')).to.equal(true);
  });

  it('is no request to this machine, and none outside of tests', () => {
    for (const host of ['localhost', '127.0.0.1', '::1']) request(host);
    outsideTests(() => request('untold.example'));

    for (const host of ['localhost', '127.0.0.1', '::1', 'untold.example']) expect(noted(host)).to.equal(false);
  });

  it('is a process that a test starts', async () => {
    channel('child_process').publish({ process: { spawnfile: '/usr/bin/told' } });
    await Promise.resolve();

    expect(noted('told ran as a process')).to.equal(true);
  });
});
