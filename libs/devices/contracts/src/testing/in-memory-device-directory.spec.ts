import { deviceDirectoryContract } from './device-directory.contract.ts';
import { InMemoryDeviceDirectory } from './in-memory-device-directory.ts';

deviceDirectoryContract.holdsFor(InMemoryDeviceDirectory, () => {
  const directory = new InMemoryDeviceDirectory();
  return {
    directory,
    register: async (device) => directory.register(device),
    spoilCredentials: async (id) => directory.spoilCredentials(id),
    remove: async (id) => directory.remove(id),
  };
});
