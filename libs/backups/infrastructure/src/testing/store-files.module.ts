import { ContainerModule } from 'inversify';
import { StoreFiles } from '../store/store-files.ts';

/** Makes the steps of the store a port of its own, for tests in which they fail one by one. */
export function storeFilesModule(files: StoreFiles): ContainerModule {
  return new ContainerModule(({ bind }) => void bind(StoreFiles).toConstantValue(files));
}
