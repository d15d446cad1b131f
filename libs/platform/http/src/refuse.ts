import type { FastifyReply } from 'fastify';
import { problemBody, PROBLEM_TYPE, type Problem } from './problem.ts';

/** A reply of any route, whatever answers that route declares. */
export type AnyReply = Pick<FastifyReply, 'raw' | 'sent' | 'statusCode'>;

/** Answers with a problem. Every refusal, of a route or of the server itself, leaves through here. */
export function refuse<Reply extends AnyReply>(reply: Reply, problem: Problem): Reply {
  const untyped = reply as unknown as FastifyReply;
  const body = problemBody(problem, untyped.request.id);
  untyped.code(problem.status).type(PROBLEM_TYPE).serializer(JSON.stringify).send(body);
  return reply;
}
