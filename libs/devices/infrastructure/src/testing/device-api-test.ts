import {
  AddDeviceTag,
  ChangeDevice,
  FindDevice,
  ImportDevices,
  ListDevices,
  ListTags,
  PinHostKey,
  RegisterDevice,
  RemoveDevice,
  RemoveDeviceTag,
  RenameTag,
  ScanHostKey,
  SetDeviceEnabled,
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
import { SequentialIds } from '#kernel/testing';
import { createHttpServer, type HttpRoutes, type HttpServer } from '#platform/http';
import { testServerParts, withToken } from '#platform/http/testing';
import { HttpTest } from '#testing/http';
import { DeviceRoutes } from '../http/device-routes.ts';
import { ImportRoutes } from '../http/import-routes.ts';
import { TagRoutes } from '../http/tag-routes.ts';
import { CsvDeviceTable } from '../table/csv-device-table.ts';

/** Tests of the routes of devices over adapters in memory, in process. Knows the models `eos` and `ios`. */
export class DeviceApiTest extends HttpTest {
  readonly table = new InMemoryDeviceTable();
  readonly scanner = new InMemoryHostKeyScanner();
  vault: CredentialVault = new InMemoryCredentialVault();
  readonly #parts = testServerParts((on) => {
    for (const routes of this.#routes()) routes.register(on);
  });

  /** What was logged so far. */
  get log() {
    return this.#parts.logger.lines;
  }

  /** A device that has been registered before. */
  holding(facts: Partial<DeviceSnapshot> = {}): void {
    const snapshot = aDevice(facts).snapshot();
    this.table.put(snapshot.id, snapshot);
  }

  protected override async application(): Promise<HttpServer> {
    return (await createHttpServer(this.#parts)).server;
  }

  protected override defaults() {
    return { prefix: '/api/v1', headers: withToken };
  }

  #routes(): readonly HttpRoutes[] {
    const { table, scanner, vault, clock } = this;
    const transaction = new InMemoryDevicesTransaction(table);
    const reader = new InMemoryDeviceReader(table);
    const ids = new SequentialIds();
    const models = { names: () => ['eos', 'ios'] };
    const importDevices = new ImportDevices(new CsvDeviceTable(), {
      transaction,
      vault,
      catalogue: models,
      clock,
      ids,
    });
    const useCases = {
      register: new RegisterDevice(transaction, vault, models, clock, ids),
      list: new ListDevices(reader),
      find: new FindDevice(reader),
      change: new ChangeDevice(transaction, vault, models, clock),
      remove: new RemoveDevice(transaction),
      scanHostKey: new ScanHostKey(reader, scanner),
      pinHostKey: new PinHostKey(transaction, clock),
      setEnabled: new SetDeviceEnabled(transaction, clock),
      addTag: new AddDeviceTag(transaction, clock),
      removeTag: new RemoveDeviceTag(transaction, clock),
      renameTag: new RenameTag(transaction, clock),
      listTags: new ListTags(reader),
    };
    return [new DeviceRoutes(useCases, models), new TagRoutes(useCases), new ImportRoutes(importDevices)];
  }
}
