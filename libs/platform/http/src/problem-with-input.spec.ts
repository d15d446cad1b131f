import { expect } from 'chai';
import { z } from 'zod';
import { problemWithInput } from './problem-with-input.ts';

const schema = z.strictObject({ id: z.uuid(), days: z.array(z.int().min(1)) });

describe('the problem with an input', () => {
  for (const [value, problem] of [
    [{ days: [1] }, '"id" is required'],
    [{ id: 'x', days: [0] }, '"id" has to be an id, as the API has answered it; "days.0" has to be at least 1'],
    [7, 'has to be an object'],
    [{ id: '00000000-0000-7000-8000-000000000001', days: [], more: 1 }, 'has something that is not known here: "more"'],
  ] as const) {
    it(`is told in words: ${problem}`, () => {
      const { error } = schema.safeParse(value);

      expect(error && problemWithInput(error)).to.equal(problem);
    });
  }
});
