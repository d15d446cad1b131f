import { abortable, err, ok, type Clock, type Result } from '#kernel';
import type { Logger } from '#platform/logging';
import { z } from 'zod';
import { HttpRoutes, type HttpServer } from './http-routes.ts';
import type { ReadinessCheck } from './readiness-check.ts';
import { refuse } from './refuse.ts';
import { requestSignal } from './requests-in-flight.ts';

const CHECK_MS = 2_000;

type Parts = {
  readonly checks: readonly ReadinessCheck[];
  readonly clock: Clock;
  readonly logger: Logger;
  readonly isStopping: () => boolean;
};

/** For whatever watches the process: `live` says that it need not be restarted, `ready` that it may get requests. */
export class HealthRoutes extends HttpRoutes {
  readonly #parts: Parts;

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

  async #whatIsMissing(signal: AbortSignal): Promise<readonly { name: string; problem: string }[]> {
    if (this.#parts.isStopping()) return [{ name: 'server', problem: 'It is stopping.' }];
    using deadline = this.#parts.clock.deadline(CHECK_MS, signal);
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
