import { HttpSocketTest, type HttpDefaults } from '#testing/http';
import { connect, type Socket } from 'node:net';
import type { HttpLimits } from '../limits.ts';
import type { HttpServer } from '../http-routes.ts';
import { startHttpServer, type RunningHttpServer } from '../start-http-server.ts';
import { testServerParts, withToken } from './test-server-parts.ts';

/** A test of the server as it runs: over a socket, from its start to its end. */
export class RunningServerTest extends HttpSocketTest {
  readonly parts = testServerParts((on) => this.routes(on), this.clock);
  running!: RunningHttpServer;

  protected routes(_on: HttpServer): void {}

  protected limits(): Partial<HttpLimits> {
    return {};
  }

  protected override application() {
    return {
      listen: async (at: { readonly host: string; readonly port: number }) => {
        this.running = await startHttpServer({ ...this.parts, limits: this.limits(), ...at });
        return this.running.url;
      },
      close: async () => this.running.close(),
    };
  }

  protected override defaults(): HttpDefaults {
    return { headers: withToken };
  }

  protected override async setUp(): Promise<void> {
    await this.url;
  }

  /** A connection on which the test says itself what is sent. */
  connect(): Socket {
    const socket = connect(Number(new URL(this.running.url).port), '127.0.0.1');
    this.defer(() => socket.destroy(), 'the end of the connection');
    return socket;
  }
}
