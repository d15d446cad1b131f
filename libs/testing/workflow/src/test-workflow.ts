import type { TestContainerPart } from '#testing/container';
import type { AsyncTestBase, Completing, Part } from '#testing/lifecycle';
import type { ServiceIdentifier } from 'inversify';

/** Something that is begun by one call and comes to its end by itself, perhaps much later. */
export type Workflow<S, T, D extends T> = Omit<Completing<T, D>, 'probe'> & {
  /** Creates and begins it, such as by submitting a job; answers that by which it is found again. */
  readonly begin: (signal: AbortSignal) => Promise<S>;
  readonly probe: (begun: S) => ReturnType<Completing<T, D>['probe']>;
};

/**
 * What takes many steps through the ports of a container, in the time of the test, for any base that has one:
 * `readonly workflow = this.part(new TestWorkflow(this.container))`.
 */
export class TestWorkflow implements Part {
  readonly #container: Pick<TestContainerPart, 'calls'>;
  #test: AsyncTestBase | undefined;

  constructor(container: Pick<TestContainerPart, 'calls'>) {
    this.#container = container;
  }

  setUp(test: AsyncTestBase): void {
    this.#test = test;
  }

  /** Begins a workflow, lets time pass until it has come to its end, and fails at once when that is another end. */
  readonly complete = async <S, T, D extends T = T>({ begin, probe, ...completing }: Workflow<S, T, D>): Promise<D> => {
    if (this.#test === undefined) throw new Error('A workflow is completed once the test runs.');
    const { clock, signal } = this.#test;
    const begun = await clock.runUntil(() => begin(signal));
    return this.#test.completion<T, D>({ ...completing, probe: () => probe(begun) });
  };

  /** What was done through these ports so far, in order: such as `Devices.find`, and `Jobs.end failed` where it threw. */
  readonly steps = (...ports: readonly ServiceIdentifier[]): readonly string[] =>
    this.#container
      .calls(...ports)
      .map(({ what, outcome: { kind } }) => (kind === 'answered' ? what : `${what} ${kind}`));
}
