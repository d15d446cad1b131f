import { abortable, err, ok, type Clock, type Result } from '#kernel';
import type { Logger } from '#platform/logging';
import { z } from 'zod';
import { HttpRoutes, type HttpServer } from './http-routes.ts';
import type { ReadinessCheck } from './readiness-check.ts';
import { refuse } from './refuse.ts';
import { requestSignal } from './requests-in-flight.ts';

const CHECK_MS = 2_000;
/** Anybody may ask, and each check takes connections that requests need: one answer serves all who ask within this time. */
const KEEP_MS = 1_000;

type Missing = readonly { readonly name: string; readonly problem: string }[];

type Parts = {
  readonly checks: readonly ReadinessCheck[];
  readonly clock: Clock;
  readonly logger: Logger;
  readonly isStopping: () => boolean;
};

/** For whatever watches the process: `live` says that it need not be restarted, `ready` that it may get requests. */
export class HealthRoutes extends HttpRoutes {
  readonly #parts: Parts;
  #checking: Promise<Missing> | undefined;
  #known: { readonly missing: Missing; readonly at: number } | undefined;

  constructor(parts: Parts) {
    super();
    this.#parts = parts;
  }

  register(server: HttpServer): void {
    const options = { config: { open: true } };
    const schema = { tags: ['health'], security: [] };

    server.get(
      '/health/live',
      { ...options, schema: { ...schema, response: { 200: z.strictObject({ status: z.literal('live') }) } } },
      async () => ({ status: 'live' as const }),
    );

    server.get(
      '/health/ready',
      { ...options, schema: { ...schema, response: { 200: z.strictObject({ status: z.literal('ready') }) } } },
      async (request, reply) => {
        const missing = await this.#whatIsMissing(requestSignal(request));
        if (missing.length === 0) return { status: 'ready' as const };
        const detail = 'Not ready for requests. Send them to another server, or later.';
        return refuse(reply, { status: 503, code: 'not-ready', detail, facts: { missing } });
      },
    );
  }

  async #whatIsMissing(signal: AbortSignal): Promise<Missing> {
    const stopping = [{ name: 'server', problem: 'It is stopping.' }];
    if (this.#parts.isStopping()) return stopping;
    const missing = this.#stillKnown() ?? (await abortable(this.#check(), signal));
    return this.#parts.isStopping() ? stopping : missing;
  }

  #stillKnown(): Missing | undefined {
    if (this.#known === undefined) return undefined;
    const age = this.#parts.clock.now().getTime() - this.#known.at;
    // A clock that was set back must not keep an answer for as long as it went back.
    return age >= 0 && age < KEEP_MS ? this.#known.missing : undefined;
  }

  /** The check in flight is everybody's: it does not end with the request that began it, only in time. */
  #check(): Promise<Missing> {
    this.#checking ??= this.#askAll()
      .then((missing) => {
        this.#known = { missing, at: this.#parts.clock.now().getTime() };
        return missing;
      })
      .finally(() => (this.#checking = undefined));
    return this.#checking;
  }

  async #askAll(): Promise<Missing> {
    using deadline = this.#parts.clock.deadline(CHECK_MS);
    const checks = this.#parts.checks.map(async (check) => {
      const result = await this.#outcome(check, deadline.signal);
      return result.ok ? [] : [{ name: check.name, problem: result.error }];
    });
    return (await Promise.all(checks)).flat();
  }

  async #outcome(check: ReadinessCheck, signal: AbortSignal): Promise<Result<void, string>> {
    try {
      const result = await abortable(check.check(signal), signal);
      return result.ok ? ok() : err(result.error);
    } catch (error) {
      this.#parts.logger.warn('A readiness check failed.', { code: check.name, error: error as Error });
      return err('It does not answer as it should.');
    }
  }
}
