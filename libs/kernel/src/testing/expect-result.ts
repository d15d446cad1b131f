import { expect } from 'chai';
import type { Result } from '../result.ts';

/** The value of an outcome that has to be ok; fails the test with the refusal otherwise. */
export function expectOk<T, E>(result: Result<T, E>): T {
  if (!result.ok) expect.fail(`Expected ok, but it was refused: ${JSON.stringify(result.error)}`);
  return result.value;
}

/** The refusal of an outcome that has to be one; fails the test with the value otherwise. */
export function expectErr<T, E>(result: Result<T, E>): E {
  if (result.ok) expect.fail(`Expected a refusal, but it was ok: ${JSON.stringify(result.value)}`);
  return result.error;
}
