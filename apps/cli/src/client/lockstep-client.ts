import type { Clock, Secret } from '#kernel';
import { z } from 'zod';

const CALL_LIMIT_MS = 15_000;
const PAGE = 100;

const hostKey = z.object({ algorithm: z.string(), fingerprint: z.string() });
const device = z.object({
  id: z.string(),
  name: z.string(),
  address: z.string(),
  port: z.number(),
  model: z.string(),
  version: z.number(),
  hostKey: hostKey.nullable(),
  enabled: z.boolean(),
});
const devicePage = z.object({ items: z.array(device), next: z.string().nullable() });
const submitted = z.object({ jobs: z.array(z.object({ deviceId: z.string(), jobId: z.string() })) });
const job = z.object({
  id: z.string(),
  state: z.string(),
  attempt: z.number(),
  result: z.object({ outcome: z.enum(['stored', 'unchanged']), versionId: z.string(), bytes: z.number() }).nullable(),
  failure: z.object({ reason: z.string() }).nullable(),
});
const problem = z.object({ code: z.string(), detail: z.string() });

export type ApiDevice = z.infer<typeof device>;
export type ApiHostKey = z.infer<typeof hostKey>;
export type ApiJob = z.infer<typeof job>;
export type NewDevice = Pick<ApiDevice, 'name' | 'address' | 'port' | 'model'> & {
  readonly credentials:
    | { readonly kind: 'password'; readonly username: string; readonly password: string }
    | { readonly kind: 'key'; readonly username: string; readonly privateKey: string };
};

/** An answer of the API that is not a success. */
export class ApiRefused extends Error {
  readonly status: number;
  readonly code: string;

  constructor(call: string, status: number, refusal: z.infer<typeof problem>) {
    super(`${call} was refused with ${status} ${refusal.code}: ${refusal.detail}`);
    this.name = 'ApiRefused';
    this.status = status;
    this.code = refusal.code;
  }
}

/**
 * The HTTP API as a program uses it. Each call has 15 s and obeys the signal; an answer that is no success, or not of
 * the documented shape, throws.
 */
export class LockstepClient {
  readonly #url: string;
  readonly #token: Secret;
  readonly #clock: Clock;

  constructor({ url, token, clock }: { readonly url: string; readonly token: Secret; readonly clock: Clock }) {
    this.#url = url;
    this.#token = token;
    this.#clock = clock;
  }

  async devices(signal: AbortSignal): Promise<ApiDevice[]> {
    const all: ApiDevice[] = [];
    let after: string | null = null;
    do {
      const from: string = after === null ? '' : `&after=${encodeURIComponent(after)}`;
      const page = devicePage.parse(await this.#json('GET', `/devices?limit=${PAGE}${from}`, undefined, signal));
      all.push(...page.items);
      after = page.next;
    } while (after !== null);
    return all;
  }

  async register(body: NewDevice, signal: AbortSignal): Promise<ApiDevice> {
    return device.parse(await this.#json('POST', '/devices', body, signal));
  }

  async change(id: string, body: { version: number; port: number }, signal: AbortSignal): Promise<ApiDevice> {
    return device.parse(await this.#json('PATCH', `/devices/${id}`, body, signal));
  }

  async scanHostKey(id: string, signal: AbortSignal): Promise<ApiHostKey> {
    return hostKey.parse(await this.#json('POST', `/devices/${id}/host-key/scan`, undefined, signal));
  }

  async pinHostKey(id: string, key: ApiHostKey, signal: AbortSignal): Promise<void> {
    await this.#json('PUT', `/devices/${id}/host-key`, key, signal);
  }

  async requestBackups(deviceIds: readonly string[], signal: AbortSignal): Promise<z.infer<typeof submitted>['jobs']> {
    return submitted.parse(await this.#json('POST', '/backups', { deviceIds }, signal)).jobs;
  }

  async job(id: string, signal: AbortSignal): Promise<ApiJob> {
    return job.parse(await this.#json('GET', `/jobs/${id}`, undefined, signal));
  }

  content(versionId: string, signal: AbortSignal): Promise<string> {
    return this.#call('GET', `/versions/${versionId}/content`, undefined, signal);
  }

  diff(versionId: string, signal: AbortSignal): Promise<string> {
    return this.#call('GET', `/versions/${versionId}/diff`, undefined, signal);
  }

  async #json(method: string, path: string, body: unknown, signal: AbortSignal): Promise<unknown> {
    const text = await this.#call(method, path, body, signal);
    return text === '' ? undefined : JSON.parse(text);
  }

  async #call(method: string, path: string, body: unknown, signal: AbortSignal): Promise<string> {
    using limit = this.#clock.deadline(CALL_LIMIT_MS, signal);
    const response = await fetch(`${this.#url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token.reveal()}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: limit.signal,
    });
    const text = await response.text();
    if (response.ok) return text;
    throw new ApiRefused(`${method} ${path}`, response.status, problem.parse(JSON.parse(text)));
  }
}
