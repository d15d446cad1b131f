import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AsyncTestBase, cases } from '#testing/lifecycle';
import { TemporaryFolder } from '#testing/system';
import { expect } from 'chai';
import { readDemoState, writeDemoState } from './demo-state.ts';

class DemoStateTest extends AsyncTestBase {
  folder = '';

  protected override async setUp(): Promise<void> {
    this.folder = (await this.use(TemporaryFolder.make())).path;
  }
}

const t = DemoStateTest.install();
const state = { devices: [{ name: 'ams-ios', port: 2201, hostKey: 'PEM' }] };

describe('the state of the demo fleet', () => {
  it(
    'is what the last start left',
    t.test(async ({ folder }) => {
      await writeDemoState(folder, state);

      expect(await readDemoState(folder)).to.deep.equal(state);
    }),
  );

  it(
    'can be read by nobody else',
    t.test(async ({ folder }) => {
      await writeDemoState(folder, state);

      const { mode } = await stat(join(folder, 'demo-fleet.json'));
      expect(mode & 0o777).to.equal(0o600);
    }),
  );

  for (const [title, content] of cases('is empty when the file is {case}', {
    damaged: '{ "devices":',
    'of another kind': '{"devices":[{"name":7}]}',
  })) {
    it(
      title,
      t.test(async ({ folder }) => {
        await writeFile(join(folder, 'demo-fleet.json'), content);

        expect(await readDemoState(folder)).to.deep.equal({ devices: [] });
      }),
    );
  }

  it(
    'is empty at the first start',
    t.test(async ({ folder }) => {
      expect(await readDemoState(folder)).to.deep.equal({ devices: [] });
    }),
  );
});
