import { isCancellation } from '#kernel';
import type { Logger } from '#platform/logging';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Problem } from './problem.ts';
import { refuse } from './refuse.ts';
import { Refused } from './refused.ts';
import { requestSignal } from './requests-in-flight.ts';
import type { RouteTable } from './route-table.ts';
import { whatIsWrong } from './what-is-wrong.ts';

/** Answers everything that is not a success and not a route's own refusal: errors, unknown paths, wrong methods. */
export function answerErrors(
  server: FastifyInstance,
  { logger, table, isUnavailable }: { logger: Logger; table: RouteTable; isUnavailable: (error: unknown) => boolean },
): void {
  server.setErrorHandler<FastifyError>((error, request, reply) => {
    // The router takes nothing for an id, where another path goes on.
    if (error.validationContext === 'params' && endsWithSlash(request)) return refuse(reply, SLASH_AT_THE_END);
    const problem = problemOf(error, request);
    if (problem !== undefined) return refuse(reply, problem);
    if (isUnavailable(error)) {
      logger.warn('A request met a part that cannot be reached.', { error });
      return refuse(reply.header('retry-after', RETRY_AFTER_SECONDS), UNAVAILABLE);
    }
    if (isCancellation(error, requestSignal(request))) logger.debug('A request was given up.', { error });
    else logger.error('A request failed.', { error, method: request.method, route: request.routeOptions.url });
    return refuse(reply, INTERNAL_ERROR);
  });
  server.setNotFoundHandler((request, reply) => {
    const allowed = table.methodsFor(request);
    if (allowed.length === 0) return refuse(reply, endsWithSlash(request) ? SLASH_AT_THE_END : NO_SUCH_PATH);
    reply.header('allow', allowed.join(', '));
    return refuse(reply, methodNotAllowed(request, allowed));
  });
}

/** Answers what the router refused before any hook ran. */
export function answerRouterError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  refuse(reply.header('cache-control', 'no-store'), problemOf(error, request) ?? INTERNAL_ERROR);
}

const INTERNAL_ERROR: Problem = {
  status: 500,
  code: 'internal-error',
  detail: 'Something went wrong on our side. The log has the details under the id of this request.',
};

const RETRY_AFTER_SECONDS = 2;

const UNAVAILABLE: Problem = {
  status: 503,
  code: 'unavailable',
  detail:
    'The database cannot be reached. A change may have happened: look before it is sent again, or send it with its key.',
};

const NO_SUCH_PATH: Problem = {
  status: 404,
  code: 'no-such-path',
  detail: 'There is nothing at this path. The reference at /docs lists what there is.',
};

const SLASH_AT_THE_END: Problem = {
  status: 404,
  code: 'no-such-path',
  detail: 'There is nothing at this path. No path here ends with a slash: leave it out.',
};

function endsWithSlash({ url }: FastifyRequest): boolean {
  return url.split('?', 1)[0]?.endsWith('/') === true;
}

function methodNotAllowed({ method }: FastifyRequest, allowed: readonly string[]): Problem {
  const detail = `${method} is not possible here. Use ${allowed.join(' or ')}.`;
  return { status: 405, code: 'method-not-allowed', detail, facts: { allowed } };
}

/** The problem behind an error that the request is to blame for; undefined when it is ours. */
function problemOf(error: FastifyError, request: FastifyRequest): Problem | undefined {
  if (error instanceof Refused) return error.problem;
  if (hasZodFastifySchemaValidationErrors(error)) return invalidRequest(error, request);
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return { status: 413, code: 'body-too-large', detail: 'The body is too large. Send less at once.' };
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return {
        status: 415,
        code: 'unsupported-media-type',
        detail: `Send the body as \`${mediaTypesOf(request).join('` or `')}\`.`,
      };
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return { status: 400, code: 'malformed-body', detail: 'The body has another length than `Content-Length` says.' };
    case 'FST_ERR_BAD_URL':
      return { status: 400, code: 'malformed-path', detail: 'The path is not valid: check its percent-encoding.' };
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return {
        status: 414,
        code: 'path-too-long',
        detail: 'A part of the path is longer than anything here is named.',
      };
    default:
      return undefined;
  }
}

function mediaTypesOf({ routeOptions }: FastifyRequest): readonly string[] {
  return routeOptions.schema?.consumes ?? ['application/json'];
}

function invalidRequest(error: FastifyError, request: FastifyRequest): Problem {
  const part = error.validationContext === 'querystring' ? 'query' : error.validationContext;
  const place = part === 'params' ? 'path' : part;
  const wrong = (error.validation ?? []).map(({ instancePath, ...invalid }) => {
    const field = instancePath.slice(1).replaceAll('/', '.');
    const known = field === '' ? knownInstead(invalid.keyword, part, request) : '';
    return { field, sentence: `${whatIsWrong(invalid)}${known}` };
  });
  const errors = wrong.map(({ field, sentence }) => ({ in: part, field, problem: `It ${sentence}.` }));
  const [first = { field: '', sentence: 'is not valid' }] = wrong;
  const subject = first.field === '' ? `The ${place}` : `"${first.field}" in the ${place}`;
  return { status: 400, code: 'invalid-request', detail: `${subject} ${first.sentence}.`, facts: { errors } };
}

/** What the part of the request that has unknown fields may have. */
function knownInstead(keyword: string, part: string | undefined, { routeOptions }: FastifyRequest): string {
  const schema = part === 'query' ? routeOptions.schema?.querystring : routeOptions.schema?.body;
  if (keyword !== 'unrecognized_keys' || !(schema instanceof z.ZodObject)) return '';
  return `; what is known: ${Object.keys(schema.shape)
    .map((key) => JSON.stringify(key))
    .join(', ')}`;
}
