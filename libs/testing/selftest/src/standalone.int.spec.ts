import { cpSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { testPostgres } from '#test-postgres';
import { AsyncTestBase } from '#testing/lifecycle';
import { shared } from '#testing/runtime';
import { TemporaryFolder, TestProcess } from '#testing/system';
import { expect } from 'chai';

const REPOSITORY = join(import.meta.dirname, '../../../..');
const README = join(REPOSITORY, 'libs/testing/README.md');
const { resolve } = createRequire(import.meta.url);

/** The listings of the README that say which file they are. */
function listings(): ReadonlyMap<string, string> {
  const found = readFileSync(README, 'utf8').matchAll(/^```\w+ title="(.+?)"\n(.*?)^```$/gms);
  return new Map([...found].map(([, file = '', text = '']) => [file, text]));
}

/** The packages that the README tells to install. */
function packages(): readonly string[] {
  const commands = readFileSync(README, 'utf8').matchAll(/^npm install ([^#\n]+)/gm);
  return [...commands].flatMap(([, names = '']) => names.split(/\s+/).filter((name) => /^[^-]/.test(name)));
}

const server = shared(
  () => testPostgres.start(),
  () => {}, // it goes with the process
);

/** An empty project in which somebody has done what the README says, and nothing else. */
class StrangersTest extends AsyncTestBase {
  folder!: TemporaryFolder;

  protected override async setUp(): Promise<void> {
    this.folder = await this.use(TemporaryFolder.make());
    for (const lib of ['testing', 'kernel']) {
      cpSync(join(REPOSITORY, 'libs', lib), this.folder.at('libs', lib), { recursive: true });
    }
    for (const name of packages()) {
      mkdirSync(dirname(this.folder.at('node_modules', name)), { recursive: true });
      symlinkSync(realpathSync(join(REPOSITORY, 'node_modules', name)), this.folder.at('node_modules', name));
    }
    for (const [file, text] of listings()) this.write(file, text);
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(this.folder.at(file)), { recursive: true });
    writeFileSync(this.folder.at(file), text);
  }

  async run(script: string, ...args: readonly string[]): Promise<TestProcess> {
    const env = { DATABASE_URL: (await server()).url };
    const program = TestProcess.node([script, ...args], { cwd: this.folder.path, env });
    await this.use(program);
    await program.ended;
    return program;
  }
}

const t = StrangersTest.install();
const mocha = resolve('mocha/bin/mocha.js');

describe('The test kit in a repository of its own', function () {
  this.timeout(120_000);

  it(
    'compiles, and runs the examples of the README',
    t.test(async (test) => {
      const compiled = await test.run(resolve('typescript/bin/tsc'), '-p', '.');
      const tested = await test.run(mocha, '--reporter', 'json');

      expect(compiled.written.stdout).to.equal('');
      expect(await compiled.ended).to.equal(0);
      expect(JSON.parse(tested.written.stdout)).to.have.nested.include({ 'stats.passes': 7, 'stats.failures': 0 });
      expect(await tested.ended).to.equal(0);
    }),
  );

  it(
    'finds there what it finds here',
    t.test(async (test) => {
      test.write(
        'src/careless.spec.ts',
        `import { createServer } from 'node:net';
         it('leaves a server', (done) => { createServer().listen(0, '127.0.0.1', () => done()); });
         it('drops a promise', async () => { setTimeout(() => Promise.reject(new Error('nobody waits for me')), 5).unref(); });
         it('is innocent', (done) => { setTimeout(done, 50); });`,
      );

      const tested = await test.run(mocha, '--reporter', 'spec', '--exit', 'src/careless.spec.ts');

      expect(tested.written.stdout)
        .to.include('src/careless.spec.ts:2')
        .and.match(/drops a promise[\s\S]*nobody waits for me/);
      expect(await tested.ended).not.to.equal(0);
    }),
  );
});
