import type { FastifyInstance } from 'fastify';
import { findJsonFault } from './json-faults.ts';
import { Refused } from './refused.ts';

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Accepts bodies of one media type, `application/json`, and reads them more strictly than `JSON.parse` alone. */
export function acceptJsonBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_: unknown, body: Buffer) =>
    body.length === 0 ? undefined : parse(body),
  );
}

function parse(body: Buffer): unknown {
  const text = attempt(() => UTF8.decode(body), 'It is not UTF-8.');
  const value: unknown = attempt(() => JSON.parse(text) as unknown, 'It is not JSON.');
  const fault = findJsonFault(text);
  if (fault !== undefined) throw malformed(fault);
  return value;
}

function attempt<T>(read: () => T, fault: string): T {
  try {
    return read();
  } catch {
    throw malformed(fault);
  }
}

function malformed(fault: string): Refused {
  return new Refused({ status: 400, code: 'malformed-body', detail: `The body cannot be read. ${fault}` });
}
