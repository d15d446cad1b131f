import { outsideTests } from '#testing/runtime';
import { expect } from 'chai';
import { once } from 'node:events';
import { close, closeSync, createReadStream, open as openByCallback, openSync, type ReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { verdict } from './fixtures/verdict.ts';

const FILE = import.meta.filename;
const HERE = /opened-files\.spec\.ts:\d+:\d+/;

describe('The leak ledger of files', () => {
  it('names a FileHandle and its file', async () => {
    let handle: Awaited<ReturnType<typeof open>> | undefined;

    const said = await verdict(async () => (handle = await open(FILE)));
    await handle?.close();

    expect(said).to.include(`- a FileHandle of ${FILE}, `).and.match(HERE);
  });

  it('names a file descriptor and its file', async () => {
    let descriptor = -1;

    const said = await verdict(() => (descriptor = openSync(FILE, 'r')));
    closeSync(descriptor);

    expect(said).to.include(`- file descriptor ${descriptor} of ${FILE}, `).and.match(HERE);
  });

  it('names a file descriptor that came by a callback', async () => {
    let descriptor = -1;

    const said = await verdict(async () => (descriptor = await promisify(openByCallback)(FILE, 'r')));
    await promisify(close)(descriptor);

    expect(said).to.include(`- file descriptor ${descriptor} of ${FILE}, `).and.match(HERE);
  });

  it('names the file of a stream that nobody read to its end', async () => {
    let stream: ReadStream | undefined;

    const said = await verdict(async () => once((stream = createReadStream(FILE)), 'open'));
    stream?.destroy();

    expect(said)
      .to.match(/- file descriptor \d+ of /)
      .and.include(FILE);
  });

  it('does not take the next file with the same number for the one that was closed', async () => {
    let kept = -1;

    const said = await verdict(() => {
      const descriptor = openSync(FILE, 'r');
      closeSync(descriptor);
      kept = outsideTests(() => openSync(FILE, 'r'));
      expect(kept).to.equal(descriptor);
    });
    closeSync(kept);

    expect(said).to.equal('clean');
  });

  it('hands on what goes wrong', async () => {
    const missing = `${FILE}.missing`;
    const errors: unknown[] = [];

    await open(missing).catch((error: unknown) => errors.push(error));
    await promisify(openByCallback)(missing, 'r').catch((error: unknown) => errors.push(error));

    expect(errors.map((error) => (error as NodeJS.ErrnoException).code)).to.deep.equal(['ENOENT', 'ENOENT']);
    expect(() => openSync(missing, 'r')).to.throw('ENOENT');
  });
});
