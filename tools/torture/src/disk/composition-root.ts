import { ConfigStore, StoredContents } from '#backups/application';
import { backupsWorkerModule } from '#backups/infrastructure';
import { Secret } from '#kernel';
import { systemModule } from '#platform/system';
import { Container } from 'inversify';

/** The store of configurations as the worker composes it, and nothing else of it. */
export function composeStore(storeDirectory: string, masterKey: string): ConfigStore {
  return compose(storeDirectory, masterKey).get(ConfigStore);
}

/** The same for those who look after it. */
export function composeContents(storeDirectory: string, masterKey: string): StoredContents {
  return compose(storeDirectory, masterKey).get(StoredContents);
}

function compose(storeDirectory: string, masterKey: string): Container {
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(systemModule(), backupsWorkerModule({ storeDirectory, masterKey: new Secret(masterKey) }));
  return container;
}
