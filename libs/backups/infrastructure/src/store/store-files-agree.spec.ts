import { AsyncTestBase } from '#testing/lifecycle';
import { TemporaryFolder } from '#testing/system';
import { storeFilesContract } from '../testing/store-files.contract.ts';
import { VolatileDisk } from '../testing/volatile-disk.ts';
import { NodeStoreFiles } from './node-store-files.ts';

class FilesTest extends AsyncTestBase {
  folder!: TemporaryFolder;

  protected override async setUp(): Promise<void> {
    this.folder = await this.use(TemporaryFolder.make());
  }
}

const t = FilesTest.install();

storeFilesContract.holdsFor(
  NodeStoreFiles,
  t.opens(({ folder }) => ({ files: new NodeStoreFiles(), folder: folder.path })),
);
storeFilesContract.holdsFor(VolatileDisk, () => ({ files: new VolatileDisk(), folder: '/' }));
