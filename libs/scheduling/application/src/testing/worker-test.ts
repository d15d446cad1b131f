import { AsyncTestBase } from '#testing/lifecycle';
import { WorkerUnderTest, type Handle, type WorkerOptions } from './worker-under-test.ts';

/** Tests of a worker, in the time of the test. Each worker that it employs is told to stop when the test ends. */
export class WorkerTest extends AsyncTestBase {
  employ(handle: Handle, settings: WorkerOptions = {}): WorkerUnderTest {
    const worker = new WorkerUnderTest(handle, settings, this.clock);
    this.defer(() => this.clock.runUntil(() => worker.stop()), 'the end of the worker');
    return worker;
  }
}
