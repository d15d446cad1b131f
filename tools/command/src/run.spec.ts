import { expect } from 'chai';
import { run } from './run.ts';

describe('Running a command', () => {
  it('collects what it says on both streams', async () => {
    const outcome = await run(['node', '-e', 'console.log("out"); console.error("err")']);

    expect(outcome).to.include({ ok: true });
    expect(outcome.output.split('\n')).to.have.members(['out', 'err', '']);
  });

  it('is not ok when the command says so', async () => {
    expect(await run(['node', '-e', 'process.exit(3)'])).to.include({ ok: false });
  });

  it('is not ok when the command is killed', async () => {
    expect(await run(['node', '-e', 'process.kill(process.pid, "SIGKILL")'])).to.include({ ok: false });
  });

  it("uses the workspace's own Node, whatever the machine has", async () => {
    const { output } = await run(['node', '-p', 'process.execPath']);

    expect(output).to.include('node_modules');
  });

  it('rejects a command that does not exist', async () => {
    const error: unknown = await run(['no-such-command']).catch((reason: unknown) => reason);

    expect(error).to.have.property('code', 'ENOENT');
  });
});
