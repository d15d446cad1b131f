import { AsyncTestBase } from '#testing/lifecycle';
import { join } from 'node:path';
import { noneLeftOf } from './processes-of.ts';
import { folderOf, type Runner } from './users.ts';

/** A test with a folder for a cluster, in which no process may be at work when it has ended. */
export class FolderTest extends AsyncTestBase {
  folder = '';
  /** Where the cluster goes; nothing is there yet. */
  directory = '';

  protected runner(): Runner {
    return { name: 'this user', as: undefined };
  }

  protected override async setUp(): Promise<void> {
    this.folder = (await this.use(folderOf(this.runner()))).path;
    this.directory = join(this.folder, 'data');
    this.defer(() => noneLeftOf(this.folder, AbortSignal.timeout(LEFT_MS)));
  }
}

/** A server that was killed takes a moment to be gone. */
const LEFT_MS = 4_500;
