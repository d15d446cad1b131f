import { HttpTest, type HttpDefaults } from '#testing/http';
import { createHttpServer, type CreatedServer } from '../create-http-server.ts';
import type { HttpServer } from '../http-routes.ts';
import { testServerParts, withToken } from './test-server-parts.ts';

/** A test of the server in process, with the routes it says; asked with the token unless told otherwise. */
export class HttpServerTest extends HttpTest {
  readonly parts = testServerParts((on) => this.routes(on), this.clock);
  readonly created = this.fixture(() => this.create());

  protected routes(_on: HttpServer): void {}

  protected create(): Promise<CreatedServer> {
    return createHttpServer(this.parts);
  }

  protected override async application(): Promise<CreatedServer['server']> {
    return (await this.created()).server;
  }

  protected override defaults(): HttpDefaults {
    return { headers: withToken };
  }
}
