import { types } from 'node:util';

type Callable = (...args: never[]) => unknown;

/** Whether methods of adapters that were called before have answered without a promise. */
export type AnsweredAtOnce = WeakMap<Callable, boolean>;

/**
 * Lets `work` answer in the place of an adapter's method, and fail as that would: an error that the adapter itself throws is
 * thrown, any other rejects. Only where the method is known to answer at once is that thrown as well: it is a generator, or
 * has answered before, and never with a promise.
 *
 * @param work is given that through which it reaches the adapter
 */
export function inPlaceOf(
  method: Callable,
  answeredAtOnce: AnsweredAtOnce,
  work: (reach: (call: () => unknown) => unknown) => unknown,
): unknown {
  let adapterThrew = false;
  const reach = (call: () => unknown): unknown => {
    try {
      const answer = call();
      answeredAtOnce.set(method, answeredAtOnce.get(method) !== false && !types.isPromise(answer));
      return answer;
    } catch (error) {
      adapterThrew = true;
      throw error;
    }
  };
  try {
    return work(reach);
  } catch (error) {
    if (adapterThrew || types.isGeneratorFunction(method) || answeredAtOnce.get(method) === true) throw error;
    return Promise.reject(error);
  }
}
