import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processEnvironment } from './environment.ts';

describe('processEnvironment', () => {
  const given = { ...process.env };
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'lockstep-env-'))));
  afterEach(() => {
    rmSync(folder, { recursive: true });
    process.env = { ...given };
  });

  it('adds what the .env file says, unless it is set already', () => {
    const file = join(folder, '.env');
    writeFileSync(file, 'LOCKSTEP_HTTP_PORT=4000\nLOCKSTEP_HTTP_HOST=0.0.0.0\n');
    delete process.env['LOCKSTEP_HTTP_PORT'];
    process.env['LOCKSTEP_HTTP_HOST'] = '127.0.0.1';

    const environment = processEnvironment(file);

    expect(environment).to.include({ LOCKSTEP_HTTP_PORT: '4000', LOCKSTEP_HTTP_HOST: '127.0.0.1' });
  });

  it('does without a file', () => {
    expect(processEnvironment(join(folder, '.env'))).to.include({ PATH: process.env['PATH'] });
  });
});
