import type { z } from 'zod';
import { whatIsWrong } from './what-is-wrong.ts';

/** What a schema has against a value, in one sentence about each field of it. */
export function problemWithInput({ issues }: z.ZodError): string {
  return issues
    .map(({ code, message, path, ...params }) => {
      const sentence = whatIsWrong({ keyword: code, message, params });
      return path.length === 0 ? sentence : `${JSON.stringify(path.join('.'))} ${sentence}`;
    })
    .join('; ');
}
