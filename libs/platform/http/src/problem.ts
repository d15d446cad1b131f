import { STATUS_CODES } from 'node:http';
import { z } from 'zod';

/** A refusal as HTTP tells it (RFC 9457). `code` is stable and listed in `docs/errors.md`; `detail` says what to do. */
export type Problem = {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** Facts of the refusal a program may want, such as the known values. */
  readonly facts?: Readonly<Record<string, unknown>>;
};

export const PROBLEM_TYPE = 'application/problem+json';

/** The body of every answer that is not a success. The facts of a problem stand beside these members. */
export const problemSchema = z
  .looseObject({
    type: z.literal('about:blank'),
    title: z.string().describe('What the status means.'),
    status: z.int(),
    code: z.string().describe('What went wrong, for programs. Stable.'),
    detail: z.string().describe('What went wrong and what to do, for people.'),
    requestId: z.string().describe('Names this request in the log.'),
  })
  .meta({ id: 'Problem' });

/** A problem as it goes over the wire. `requestId` leads from the answer to the log. */
export function problemBody(problem: Problem, requestId: string): z.infer<typeof problemSchema> {
  return {
    ...problem.facts,
    type: 'about:blank',
    title: STATUS_CODES[problem.status] ?? 'Unknown',
    status: problem.status,
    code: problem.code,
    detail: problem.detail,
    requestId,
  };
}
