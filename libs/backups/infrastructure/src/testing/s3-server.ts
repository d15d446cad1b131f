import { Secret } from '#kernel';
import type { TemporaryFolder } from '#testing/system';
import S3rver from 's3rver';
import type { S3Settings } from '../store/s3-blob-store.ts';

const BUCKET = 'configurations';
/** The only pair that it knows. */
const KEY = 'S3RVER';

/**
 * A server that speaks S3, in this process. It is no yardstick for durability: it writes files without syncing them, stores the
 * framing of a streamed upload as content, gives times in whole seconds, and knows neither conditional writes nor versions.
 */
export class S3Server implements AsyncDisposable {
  readonly settings: S3Settings;
  readonly #server: S3rver;

  private constructor(server: S3rver, port: number) {
    this.#server = server;
    this.settings = {
      bucket: BUCKET,
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      prefix: 'lockstep/',
      credentials: { accessKeyId: KEY, secretAccessKey: new Secret(KEY) },
    };
  }

  static async start(folder: TemporaryFolder): Promise<S3Server> {
    const server = new S3rver({
      address: '127.0.0.1',
      port: 0,
      silent: true,
      directory: folder.path,
      configureBuckets: [{ name: BUCKET, configs: [] }],
    });
    const { port } = await server.run();
    return new S3Server(server, port);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.close();
  }
}
