import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SystemClock } from '#platform/system';
import { AsyncTestBase } from '#testing/lifecycle';
import { TemporaryFolder } from '#testing/system';
import { expect } from 'chai';
import { restartOnChange } from './dev.ts';

class DevTest extends AsyncTestBase {
  folder = '';
  readonly said: string[] = [];
  restarts = 0;
  during: () => Promise<void> = async () => {};

  protected override async setUp(): Promise<void> {
    this.folder = (await this.use(TemporaryFolder.make())).path;
    const stop = new AbortController();
    const watching = restartOnChange(
      {
        clock: new SystemClock(),
        folders: [this.folder],
        say: (line) => this.said.push(line),
        restart: async () => {
          this.restarts += 1;
          await this.during();
        },
      },
      stop.signal,
    );
    this.defer(async () => {
      stop.abort();
      await watching;
    });
  }

  save(name: string): Promise<void> {
    return writeFile(join(this.folder, name), 'changed');
  }

  untilRestarted(times: number): Promise<unknown> {
    return this.eventually({ what: `restart ${times}`, probe: () => this.restarts >= times });
  }
}

const t = DevTest.install();

describe('restartOnChange', function () {
  this.timeout(10_000);

  it(
    'restarts once for a burst of changes, and says for which file',
    t.test(async (test) => {
      await Promise.all([test.save('a.ts'), test.save('b.ts')]);
      await test.untilRestarted(1);

      expect(test.said).to.have.lengthOf(1);
      expect(test.said[0]).to.match(/^[ab]\.ts has changed; restarting\.$/);
    }),
  );

  it(
    'restarts again for what changes while a restart is under way',
    t.test(async (test) => {
      test.during = async () => {
        if (test.restarts === 1) await test.save('late.ts');
      };

      await test.save('early.ts');
      await test.untilRestarted(2);

      expect(test.said[1]).to.equal('late.ts has changed; restarting.');
    }),
  );

  it(
    'does not restart for a spec or a document',
    t.test(async (test) => {
      await test.save('a.spec.ts');
      await test.save('README.md');
      await test.save('a.ts');
      await test.untilRestarted(1);

      expect(test.said).to.deep.equal(['a.ts has changed; restarting.']);
    }),
  );
});
