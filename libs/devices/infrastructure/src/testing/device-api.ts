import {
  ChangeDevice,
  FindDevice,
  ListDevices,
  PinHostKey,
  RegisterDevice,
  RemoveDevice,
  ScanHostKey,
  type CredentialVault,
} from '#devices/application';
import {
  InMemoryCredentialVault,
  InMemoryDeviceReader,
  InMemoryDevicesTransaction,
  InMemoryDeviceTable,
  InMemoryHostKeyScanner,
} from '#devices/application/testing';
import type { DeviceSnapshot } from '#devices/domain';
import { aDevice } from '#devices/domain/testing';
import { ManualClock, SequentialIds } from '#kernel/testing';
import { createHttpServer } from '#platform/http';
import { testServerParts, withToken } from '#platform/http/testing';
import { DeviceRoutes } from '../http/device-routes.ts';

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

export type DeviceApi = Awaited<ReturnType<typeof openDeviceApi>>;

/** The routes of devices over adapters in memory, on a server that does not listen. Knows the models `eos` and `ios`. */
export async function openDeviceApi(vault: CredentialVault = new InMemoryCredentialVault()) {
  const table = new InMemoryDeviceTable();
  const scanner = new InMemoryHostKeyScanner();
  const parts = testServerParts((on) => routesOver(table, scanner, vault).register(on));
  const { server } = await createHttpServer(parts);

  return {
    table,
    scanner,
    /** What was logged so far. */
    get log() {
      return parts.logger.lines;
    },
    /** A device that has been registered before. */
    holding(facts: Partial<DeviceSnapshot> = {}): void {
      const snapshot = aDevice(facts).snapshot();
      table.put(snapshot.id, snapshot);
    },
    async ask(method: Method, path: string, body?: object | string) {
      const payload = typeof body === 'object' ? JSON.stringify(body) : body;
      const headers = { ...withToken, ...(payload !== undefined && { 'content-type': 'application/json' }) };
      const request = { method, url: `/api/v1${path}`, headers, ...(payload !== undefined && { payload }) };
      const { statusCode: status, headers: answered, body: text } = await server.inject(request);
      return { status, headers: answered, text, body: text === '' ? undefined : JSON.parse(text) };
    },
    [Symbol.asyncDispose]: () => server.close(),
  };
}

function routesOver(table: InMemoryDeviceTable, scanner: InMemoryHostKeyScanner, vault: CredentialVault): DeviceRoutes {
  const transaction = new InMemoryDevicesTransaction(table);
  const reader = new InMemoryDeviceReader(table);
  const models = { names: () => ['eos', 'ios'] };
  const clock = new ManualClock();
  return new DeviceRoutes({
    register: new RegisterDevice(transaction, vault, models, clock, new SequentialIds()),
    list: new ListDevices(reader),
    find: new FindDevice(reader),
    change: new ChangeDevice(transaction, vault, models, clock),
    remove: new RemoveDevice(transaction),
    scanHostKey: new ScanHostKey(reader, scanner),
    pinHostKey: new PinHostKey(transaction, clock),
  });
}
