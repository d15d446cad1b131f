import { ContainerTest } from '#testing/container';
import type { Completing } from '#testing/lifecycle';
import type { ServiceIdentifier } from 'inversify';

/** Something that is begun by one call and comes to its end by itself, perhaps much later. */
export type Workflow<S, T, D extends T> = Omit<Completing<T, D>, 'probe'> & {
  /** Creates and begins it, such as by submitting a job; answers that by which it is found again. */
  readonly begin: (signal: AbortSignal) => Promise<S>;
  readonly probe: (begun: S) => ReturnType<Completing<T, D>['probe']>;
};

/** A test of what takes many steps through the ports of a container, in the time of the test. */
export abstract class WorkflowTest extends ContainerTest {
  /** Begins a workflow, lets time pass until it has come to its end, and fails at once when that is another end. */
  async complete<S, T, D extends T = T>({ begin, probe, ...completing }: Workflow<S, T, D>): Promise<D> {
    const begun = await this.clock.runUntil(() => begin(this.signal));
    return this.completion<T, D>({ ...completing, probe: () => probe(begun) });
  }

  /** What was done through these ports so far, in order: such as `Devices.find`, and `Jobs.end failed` where it threw. */
  steps(...ports: readonly ServiceIdentifier[]): readonly string[] {
    return this.calls(...ports).map(({ what, outcome: { kind } }) => (kind === 'answered' ? what : `${what} ${kind}`));
  }
}
