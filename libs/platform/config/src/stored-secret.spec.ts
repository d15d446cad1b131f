import { expect } from 'chai';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storedSecret } from './stored-secret.ts';

describe('storedSecret', () => {
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'lockstep-secret-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('yields to another process that was faster', () => {
    const file = join(folder, 'token');

    const secret = storedSecret(file, () => {
      writeFileSync(file, 'theirs\n');
      return 'ours';
    });

    expect(secret.reveal()).to.equal('theirs');
    expect(readFileSync(file, 'utf8')).to.equal('theirs\n');
  });

  it('leaves nothing but the file behind', () => {
    storedSecret(join(folder, 'token'), () => 'ours');

    expect(readdirSync(folder)).to.deep.equal(['token']);
  });
});
