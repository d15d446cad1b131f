import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { PROBLEM_TYPE, type Problem, type problemSchema } from './problem.ts';

/** A reply of any route, whatever answers that route declares. */
export type AnyReply = Pick<FastifyReply, 'raw' | 'sent' | 'statusCode'>;

/** Answers with a problem. Every refusal, of a route or of the server itself, leaves through here. */
export function refuse<Reply extends AnyReply>(reply: Reply, problem: Problem): Reply {
  const untyped = reply as unknown as FastifyReply;
  const body: z.infer<typeof problemSchema> = {
    ...problem.facts,
    type: 'about:blank',
    title: STATUS_CODES[problem.status] ?? 'Unknown',
    status: problem.status,
    code: problem.code,
    detail: problem.detail,
    requestId: untyped.request.id,
  };
  untyped.code(problem.status).type(PROBLEM_TYPE).serializer(JSON.stringify).send(body);
  return reply;
}
