import { DeadlineExceeded, type Clock } from '#kernel';
import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Problem } from './problem.ts';
import { refuse } from './refuse.ts';

/** The reason of a request's signal when the client went away before it was answered. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

/** The reason of a request's signal when the server stops and the grace for requests in flight is over. */
export class ServerStopping extends Error {
  override readonly name = 'ServerStopping';
}

const DEADLINE_EXCEEDED: Problem = {
  status: 503,
  code: 'deadline-exceeded',
  detail: 'The answer took too long. Look whether the request had an effect before it is sent again.',
};

export const SHUTTING_DOWN: Problem = {
  status: 503,
  code: 'shutting-down',
  detail: 'The server stops. Look whether a change had an effect before it is sent again.',
};

const signals = new WeakMap<IncomingMessage, AbortSignal>();

/** Aborts when nobody waits for the answer any more: the client is gone, the time is up, or the server stops. */
export function requestSignal(request: { readonly raw: IncomingMessage }): AbortSignal {
  const signal = signals.get(request.raw);
  if (signal === undefined) throw new Error('This request has not come in through the server.');
  return signal;
}

/** Gives every request its signal and its deadline, and an answer when that passes. */
export class RequestsInFlight {
  readonly #controllers = new Set<AbortController>();
  readonly #clock: Clock;
  readonly #answerMs: number;

  constructor(clock: Clock, answerMs: number) {
    this.#clock = clock;
    this.#answerMs = answerMs;
  }

  watch(server: FastifyInstance): void {
    server.addHook('onRequest', async (request, reply) => {
      const controller = new AbortController();
      const deadline = this.#clock.deadline(this.#answerMs, controller.signal);
      signals.set(request.raw, deadline.signal);
      this.#controllers.add(controller);
      deadline.signal.addEventListener('abort', () => answerFor(deadline.signal.reason, reply), { once: true });
      finished(reply.raw, (error) => {
        this.#controllers.delete(controller);
        if (error != null) controller.abort(new ClientGone('The client went away.'));
        deadline[Symbol.dispose]();
      });
    });
  }

  /** Ends what is still going on. */
  abortAll(): void {
    for (const controller of this.#controllers) controller.abort(new ServerStopping('The server stops.'));
  }
}

/** Answers at once, so that a handler which does not obey its signal cannot keep the client waiting. */
function answerFor(reason: unknown, reply: FastifyReply): void {
  // A stream has begun its answer and has not ended it.
  if (reply.sent || reply.raw.headersSent || reason instanceof ClientGone) return;
  refuse(reply, reason instanceof DeadlineExceeded ? DEADLINE_EXCEEDED : SHUTTING_DOWN);
}
