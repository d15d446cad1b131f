import type { KeysOf } from '#testing/order';
import { deviceOrders } from './testing/device-orders.ts';
import { importOrders } from './testing/device-imports.ts';
import { deviceTagOrders } from './testing/device-tag-orders.ts';
import { InMemoryDevicesTest } from './testing/in-memory-devices-test.ts';

/** Transactions see what is committed, and write one after the other; all else concerns nobody but the caller. */
const touches: KeysOf = ({ method }) => {
  if (method === 'find' || method === 'named') return { reads: ['devices'] };
  return { writes: ['lock', 'insert', 'update', 'remove', 'renameTag'].includes(method) ? ['devices'] : [] };
};

const t = InMemoryDevicesTest.install();

describe('Devices in memory, in every order,', () => {
  const byKeys = { complete: true, touches, checkedUpTo: 300 };
  deviceOrders(t, byKeys);
  deviceTagOrders(t);
  importOrders(t, { ...byKeys, checkedUpTo: 50 });
});
