import { AsyncTestBase } from '#testing/lifecycle';
import { deviceDirectoryContract } from './device-directory.contract.ts';
import { InMemoryDeviceDirectory } from './in-memory-device-directory.ts';

const t = AsyncTestBase.install();

deviceDirectoryContract.holdsFor(
  InMemoryDeviceDirectory,
  t.opens(({ signal }) => {
    const directory = new InMemoryDeviceDirectory();
    return {
      directory,
      signal,
      register: async (device) => directory.register(device),
      spoilCredentials: async (id) => directory.spoilCredentials(id),
      remove: async (id) => directory.remove(id),
    };
  }),
);
