import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

describe('the program of the worker', function () {
  this.timeout(30_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'lockstep-worker-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  function run(...given: readonly string[]) {
    const env = {
      LOCKSTEP_DATA_DIR: folder,
      DATABASE_URL: 'postgresql://app:hunter2@127.0.0.1:1/lockstep',
    };
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), ...given], {
      env,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  }

  it('helps who asks for it, and does not start', () => {
    const { status, stdout } = run('--help');

    expect(status).to.equal(0);
    expect(stdout).to.match(/^Usage: npm run start:worker\n/);
  });

  it('does not start with an argument that it does not know', () => {
    const { status, stderr } = run('--port');

    expect(status).to.equal(2);
    expect(stderr).to.match(/^There is no argument "--port"\./);
  });

  it('says in one line what to do when no database server answers', () => {
    expect(run()).to.deep.equal({
      status: 1,
      stdout: '',
      stderr: 'No database server answers at 127.0.0.1:1 (ECONNREFUSED): start it, or correct DATABASE_URL.\n',
    });
  });
});
