import type { RunningHttpServer } from '#platform/http';
import { TestDatabase, type TestDatabaseOptions } from '#testing/database';
import { HttpSocketTest, type HttpDefaults } from '#testing/http';
import type { DataSource } from 'typeorm';
import { composeApi } from '../composition-root.ts';
import { schemas } from '../schemas.ts';
import { serveApi } from '../serve-api.ts';
import { testSettings, withToken } from './test-settings.ts';

/** A test of the API as it is served: over a socket, with a database; asked with the token. */
export class ApiTest extends HttpSocketTest {
  readonly database = this.part(new TestDatabase(schemas, () => this.databaseOptions()));

  protected databaseOptions(): TestDatabaseOptions {
    return {};
  }

  /** What the API works on, when it starts with the first request. */
  source = (): DataSource => this.database.source;

  protected compose(): ReturnType<typeof composeApi> {
    return composeApi(testSettings, this.source());
  }

  protected override application() {
    let running: RunningHttpServer | undefined;
    return {
      listen: async () => {
        running = await serveApi(this.compose(), testSettings);
        return running.url;
      },
      close: async () => running?.close(),
    };
  }

  protected override defaults(): HttpDefaults {
    return { headers: withToken };
  }
}
