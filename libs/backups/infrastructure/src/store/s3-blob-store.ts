import type * as S3 from '@aws-sdk/client-s3';
import { abortable, DeadlineExceeded, type Clock, type Secret } from '#kernel';
import { BlobStoreFailed, isContentName, type BlobStore, type StoredBlob } from './blob-store.ts';

export type S3Settings = {
  readonly bucket: string;
  /** Of a server that is compatible with S3, such as `https://s3.example.net`; null is Amazon's. */
  readonly endpoint: string | null;
  readonly region: string;
  /** What the names of all objects begin with. */
  readonly prefix: string;
  /** Null takes what the machine provides: environment, profile or role. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: Secret } | null;
};

type Sdk = typeof S3;
type Open = { readonly sdk: Sdk; readonly client: S3.S3Client };

/** For a request with its retries, and all of its answer. */
const REQUEST_MS = 60_000;
const CONNECT_MS = 5_000;
/** Every request may be repeated: an object is put, read or deleted as a whole. */
const ATTEMPTS = 3;

/** One object per blob. The SDK is loaded when it is first needed: who stores in files does without. */
export class S3BlobStore implements BlobStore, Disposable {
  readonly #settings: S3Settings;
  readonly #clock: Clock;
  #open: Promise<Open> | undefined;
  #client: S3.S3Client | undefined;

  constructor(settings: S3Settings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
  }

  put(name: string, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    return this.#ask(signal, async ({ sdk, client }, abortSignal) => {
      // A copy: the caller may change the array while it is sent.
      const Body = Uint8Array.from(bytes);
      await client.send(new sdk.PutObjectCommand({ ...this.#objectOf(name), Body }), { abortSignal });
    });
  }

  get(name: string, signal: AbortSignal): Promise<Uint8Array | null> {
    return this.#ask(signal, async ({ sdk, client }, abortSignal) => {
      try {
        return await bodyOf(
          await client.send(new sdk.GetObjectCommand(this.#objectOf(name)), { abortSignal }),
          abortSignal,
        );
      } catch (error) {
        if (error instanceof sdk.NoSuchKey) return null;
        throw error;
      }
    });
  }

  list(prefix: string, signal: AbortSignal): Promise<readonly StoredBlob[]> {
    const { bucket: Bucket } = this.#settings;
    const Prefix = this.#contents + prefix;
    return this.#ask(signal, async ({ sdk, client }, abortSignal) => {
      const blobs: StoredBlob[] = [];
      for await (const { Contents = [] } of sdk.paginateListObjectsV2(
        { client },
        { Bucket, Prefix },
        { abortSignal },
      )) {
        for (const { Key = '', Size = 0, LastModified = new Date(0) } of Contents) {
          const name = Key.slice(this.#contents.length);
          if (isContentName(name)) blobs.push({ name, size: Size, storedAt: LastModified });
        }
      }
      return blobs;
    });
  }

  remove(name: string, signal: AbortSignal): Promise<void> {
    return this.#ask(signal, async ({ sdk, client }, abortSignal) => {
      await client.send(new sdk.DeleteObjectCommand(this.#objectOf(name)), { abortSignal });
    });
  }

  /** Closes its connections; it may be used again. */
  [Symbol.dispose](): void {
    this.#client?.destroy();
    this.#open = undefined;
  }

  async #ask<T>(signal: AbortSignal, request: (open: Open, signal: AbortSignal) => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    using deadline = this.#clock.deadline(REQUEST_MS, signal);
    try {
      return await abortable(request(await this.#opened(), deadline.signal), deadline.signal);
    } catch (error) {
      signal.throwIfAborted();
      throw failureOf(error);
    }
  }

  #opened(): Promise<Open> {
    this.#open ??= import('@aws-sdk/client-s3').then((sdk) => ({ sdk, client: this.#connect(sdk) }));
    return this.#open;
  }

  #connect({ S3Client }: Sdk): S3.S3Client {
    const { endpoint, region, credentials } = this.#settings;
    this.#client = new S3Client({
      region,
      maxAttempts: ATTEMPTS,
      requestHandler: { connectionTimeout: CONNECT_MS },
      // Not every compatible server knows the checksums that the SDK adds otherwise; some store those of streams as content.
      // What was stored is read back and opened in any case.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      ...(endpoint !== null && { endpoint, forcePathStyle: true }),
      ...(credentials !== null && {
        credentials: {
          accessKeyId: credentials.accessKeyId,
          secretAccessKey: credentials.secretAccessKey.reveal(),
        },
      }),
    });
    return this.#client;
  }

  get #contents(): string {
    return `${this.#settings.prefix}objects/`;
  }

  #objectOf(name: string): { Bucket: string; Key: string } {
    const { bucket, prefix } = this.#settings;
    return { Bucket: bucket, Key: isContentName(name) ? this.#contents + name : prefix + name };
  }
}

async function bodyOf({ Body }: S3.GetObjectCommandOutput, signal: AbortSignal): Promise<Uint8Array> {
  if (Body === undefined) return new Uint8Array();
  const stop = (): void => void ('destroy' in Body && Body.destroy());
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Body.transformToByteArray();
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

type S3Error = Error & { readonly code?: string; readonly $metadata?: { readonly httpStatusCode?: number } };

/** What a server, or the way to it, has against a request; a request of ours that is wrong is one as well. */
function failureOf(error: unknown): unknown {
  if (error instanceof DeadlineExceeded) {
    return new BlobStoreFailed({ kind: 'StorageFailed', reason: `no answer within ${REQUEST_MS / 1_000} s` }, error);
  }
  if (!(error instanceof Error)) return error;
  const { $metadata, code, name } = error as S3Error;
  if ($metadata?.httpStatusCode === 507) return new BlobStoreFailed({ kind: 'StorageFull' }, error);
  return $metadata === undefined && code === undefined
    ? error
    : new BlobStoreFailed({ kind: 'StorageFailed', reason: code ?? name }, error);
}
