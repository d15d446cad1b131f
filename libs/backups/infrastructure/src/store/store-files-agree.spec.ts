import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeFilesContract } from '../testing/store-files.contract.ts';
import { VolatileDisk } from '../testing/volatile-disk.ts';
import { NodeStoreFiles } from './node-store-files.ts';

describe('NodeStoreFiles', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lockstep-files-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  storeFilesContract.holdsFor(NodeStoreFiles, () => ({ files: new NodeStoreFiles(), folder }));
});

storeFilesContract.holdsFor(VolatileDisk, () => ({ files: new VolatileDisk(), folder: '/' }));
