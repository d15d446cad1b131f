import type { Clock, Json } from '#kernel';
import type { Logger } from '#platform/logging';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { OpenStream, type Frames } from './open-stream.ts';
import type { Problem } from './problem.ts';
import { refuse, type AnyReply } from './refuse.ts';
import { SHUTTING_DOWN } from './requests-in-flight.ts';

declare module 'fastify' {
  interface FastifyInstance {
    eventStreams: EventStreams;
  }
}

/** What a route declares that answers with {@link streamEvents}. */
export const eventStreamResponse = {
  description:
    'Server-sent events, without end unless the route says so. Lines that begin with a colon keep the connection alive.',
  content: { 'text/event-stream': { schema: z.string() } },
};

/** The text of a server-sent event. `id` and `event` are without line breaks, and JSON has none. */
export function eventText({ id, event, data }: { id?: string; event: string; data: Json }): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** The first event of a stream: nothing that comes after this id will be missed by whoever resumes with the latest id they have. */
export function readyText(id: string): string {
  return `retry: ${RETRY_MS}\n${eventText({ id, event: 'ready', data: {} })}`;
}

/**
 * Answers with what `frames` gives, until that or the connection ends. Routes that stream are declared with `exposeHeadRoute: false`.
 *
 * Over the stream that Fastify sends by itself, so that its hooks, headers and clean-up apply. `@fastify/sse` writes to the raw
 * answer instead, beats by timers that nobody controls and whether or not the client reads, and keeps the server from closing.
 */
export function streamEvents<Reply extends AnyReply>(reply: Reply, frames: Frames): Reply {
  const untyped = reply as unknown as FastifyReply;
  untyped.server.eventStreams.send(untyped, frames);
  return reply;
}

export type EventStreamsParts = {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits: { readonly streams: number; readonly streamBeatMs: number };
};

const RETRY_MS = 1_000;
const RETRY_AFTER_SECONDS = 5;

const TOO_MANY_STREAMS: Problem = {
  status: 503,
  code: 'too-many-streams',
  detail: `As many clients follow events here as can. Try again in ${RETRY_AFTER_SECONDS} seconds, or at another server.`,
};

/** The streams of events of one server. They end when it closes, and do not keep it waiting. */
export class EventStreams {
  readonly #parts: EventStreamsParts;
  readonly #open = new Set<OpenStream>();
  #beating = new AbortController();
  #isStopping = false;

  constructor(parts: EventStreamsParts) {
    this.#parts = parts;
  }

  /** Before the server closes, which would wait for them. A `preClose` hook would let it take connections for another moment. */
  endAll(): void {
    this.#isStopping = true;
    for (const stream of [...this.#open]) stream.end();
  }

  send(reply: FastifyReply, frames: Frames): void {
    if (this.#isStopping) return void refuse(reply, SHUTTING_DOWN);
    if (this.#open.size >= this.#parts.limits.streams) {
      reply.header('retry-after', RETRY_AFTER_SECONDS);
      return void refuse(reply, TOO_MANY_STREAMS);
    }
    const stream = new OpenStream(frames, this.#failed);
    this.#open.add(stream);
    if (this.#open.size === 1) this.#beat().catch(this.#failed);
    stream.body.once('close', () => this.#closed(stream));
    // A proxy must not gather what is sent, and the connection is not used again: it ends with the stream.
    reply.headers({ 'x-accel-buffering': 'no', connection: 'close' }).type('text/event-stream').send(stream.body);
  }

  readonly #failed = (error: Error): void => this.#parts.logger.error('A stream of events failed.', { error });

  #closed(stream: OpenStream): void {
    this.#open.delete(stream);
    if (this.#open.size === 0) this.#beating.abort();
  }

  /** One pulse for all, as long as there are any. */
  async #beat(): Promise<void> {
    const { clock, limits } = this.#parts;
    const { signal } = (this.#beating = new AbortController());
    while (!signal.aborted) {
      await clock.sleep(limits.streamBeatMs, signal).catch(() => undefined);
      if (!signal.aborted) for (const stream of [...this.#open]) stream.beat();
    }
  }
}
