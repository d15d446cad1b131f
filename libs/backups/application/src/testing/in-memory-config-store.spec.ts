import { configStoreContract } from './config-store.contract.ts';
import { InMemoryConfigStore } from './in-memory-config-store.ts';
import { NumberingHashing } from './numbering-hashing.ts';

configStoreContract.holdsFor(InMemoryConfigStore, () => {
  const hashing = new NumberingHashing();
  const store = new InMemoryConfigStore(hashing);
  return { store, hashing, damage: (hash, bytes) => store.damage(hash, bytes) };
});
