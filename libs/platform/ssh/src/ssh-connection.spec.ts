import type { Socket } from 'node:net';
import { expectOk } from '#kernel/testing';
import { expect } from 'chai';
import { connect } from './connect.ts';
import { ConnectTest } from './testing/connect-test.ts';

// What the window of a channel lets through; all of them together are more than the buffers of two sockets hold.
const WINDOW = 2 * 1024 * 1024;
const CHANNELS = 12;
const CLOSE_MS = 1_000;

describe('The end of an SSH connection', () => {
  const t = ConnectTest.install();

  it(
    'waits no longer than its deadline for a server that does not read what was written',
    t.test(async ({ serve, target, clock }) => {
      const sockets = new Set<Socket>();
      const server = await serve({ serve: (_channel, _command, socket) => sockets.add(socket) });
      // Of its own: the test's signal would end the connection too.
      const { signal } = new AbortController();
      const connection = expectOk(await connect(target(server, { signal })));
      const channels = await Promise.all(Array.from({ length: CHANNELS }, () => connection.shell(signal)));
      for (const socket of sockets) socket.pause();
      for (const channel of channels) channel.write('x'.repeat(WINDOW));

      let closed = false;
      const closing = connection[Symbol.asyncDispose]().then(() => {
        closed = true;
      });
      await clock.advance(CLOSE_MS - 1);
      const before = closed;
      await clock.advance(1);
      await closing;

      expect([before, closed]).to.deep.equal([false, true]);
      expect(clock.waiting).to.equal(0);
    }),
  );
});
