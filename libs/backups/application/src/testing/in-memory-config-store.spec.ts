import { configStoreContract } from './config-store.contract.ts';
import { InMemoryConfigStore } from './in-memory-config-store.ts';
import { NumberingHashing } from './numbering-hashing.ts';
import { storedContentsContract } from './stored-contents.contract.ts';

configStoreContract.holdsFor(InMemoryConfigStore, () => {
  const hashing = new NumberingHashing();
  const store = new InMemoryConfigStore(hashing);
  return { store, hashing, damage: (hash, bytes) => store.damage(hash, bytes) };
});

storedContentsContract.holdsFor(InMemoryConfigStore, () => {
  const hashing = new NumberingHashing();
  const store = new InMemoryConfigStore(hashing);
  return {
    store,
    contents: store,
    misplace: (from, to) => store.misplace(from, to),
    spoil: async (hash, change) => store.damage(hash, change(await store.get(hash, new AbortController().signal))),
  };
});
