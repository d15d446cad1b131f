import { expect } from 'chai';
import { validatorCompiler } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { whatIsWrong } from './what-is-wrong.ts';

const kinds = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('key') }),
  z.strictObject({ kind: z.literal('password') }),
]);

describe('whatIsWrong', () => {
  for (const [schema, value, sentence] of [
    [z.string(), undefined, 'is required'],
    [z.string(), 5, 'has to be a text'],
    [z.int(), 1.5, 'has to be a whole number'],
    [z.coerce.number(), 'many', 'has to be a number'],
    [z.strictObject({}), null, 'has to be an object'],
    [z.string().min(1), '', 'has to have at least 1 character'],
    [z.string().max(3), 'long', 'has to have at most 3 characters'],
    [z.int().min(1), 0, 'has to be at least 1'],
    [z.int().max(9), 10, 'has to be at most 9'],
    [z.array(z.int()).min(2), [1], 'has to have at least 2 items'],
    [z.enum(['a', 'b']), 'c', 'has to be one of "a", "b"'],
    [kinds, { kind: 'card' }, 'has to be one of "key", "password"'],
    [z.uuid(), 'core-1', 'has to be an id, as the API has answered it'],
    [z.strictObject({}), { one: 1, two: 2 }, 'has something that is not known here: "one", "two"'],
    [z.string().regex(/^a$/, 'Say a'), 'b', 'has to be a regex'],
    [z.string().refine(() => false, 'Say a'), 'b', 'is not valid (Say a)'],
  ] as const) {
    it(`says of ${JSON.stringify(value) ?? 'no value'} that it ${sentence}`, () => {
      const validate = validatorCompiler({ schema, method: 'GET', url: '/' });

      const { error } = validate(value) as { error: readonly Parameters<typeof whatIsWrong>[0][] };

      expect(error.map(whatIsWrong)).to.deep.equal([sentence]);
    });
  }
});
