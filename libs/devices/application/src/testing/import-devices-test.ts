import type { Device, DeviceSnapshot } from '#devices/domain';
import { aDevice } from '#devices/domain/testing';
import { ok, Secret } from '#kernel';
import { expectOk, SequentialIds, sequentialId } from '#kernel/testing';
import type { ImportReport } from '../import/import-report.ts';
import type { ImportOptions } from '../import/import-row.ts';
import type { DeviceTable, DeviceTableRow } from '../ports/device-table.ts';
import { ImportDevices } from '../use-cases/import-devices.ts';
import { byteByByte } from './device-table.contract.ts';
import { UseCaseTest } from './use-case-test.ts';

const login = { username: 'backup', password: new Secret('hunter2') };

/** A row that is enough for a new device, but for what `facts` say. */
export function aRow(name: string, facts: Partial<DeviceTableRow> = {}): DeviceTableRow {
  return { line: 2, name, address: '192.0.2.1', model: 'ios', ...login, unusable: [], ...facts };
}

/** Imports of rows that a test makes up, over adapters in memory. */
export class ImportDevicesTest extends UseCaseTest {
  readonly ids = new SequentialIds();
  /** What happens before a transaction begins. */
  meanwhile: () => unknown = () => {};

  async run(rows: readonly DeviceTableRow[], options: Partial<ImportOptions> = {}, signal = this.signal) {
    const { transaction, vault, models: catalogue, clock, ids } = this;
    const interrupted: typeof transaction.run = async (work, until) => {
      await this.meanwhile();
      return transaction.run(work, until);
    };
    const ports = { transaction: { run: interrupted }, vault, catalogue, clock, ids };
    const table: DeviceTable = { read: async () => ok(rows.map((row, index) => ({ ...row, line: index + 2 }))) };
    const command = { bytes: byteByByte(''), dryRun: false, onExisting: 'update' as const, ...options };
    return expectOk(await new ImportDevices(table, ports).execute(command, { signal }));
  }

  /** A registered device with the login of a row. */
  async known(facts: Partial<DeviceSnapshot> = {}): Promise<Device> {
    const id = sequentialId<'Device'>(100);
    const credentials = await this.vault.seal(id, { kind: 'password', ...login }, this.signal);
    const device = aDevice({ id, credentials, ...facts });
    this.holding(device);
    return device;
  }

  async credentialsOf(position: number) {
    const id = sequentialId<'Device'>(position);
    return this.vault.open(id, this.table.get(id)!.credentials, this.signal);
  }
}

/** What a report says of each row, in short. */
export const said = ({ rows }: ImportReport) =>
  rows.map((row) => `${row.line} ${row.name} ${row.outcome === 'refused' ? row.refusal.kind : row.outcome}`);
