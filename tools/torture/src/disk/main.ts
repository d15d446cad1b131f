import { composeStore } from './composition-root.ts';
import { DISK_ASSIGNMENT, type DiskAssignment, type DiskReport } from './disk-fault.ts';
import { disk } from './preload.ts';

/** Stores one text, over a file system that fails as it was told. */
const { store, masterKey, text, fault } = JSON.parse(process.env[DISK_ASSIGNMENT] ?? '') as DiskAssignment;
const report = (told: DiskReport): void => void process.send?.(told);

const put = await composeStore(store, masterKey).put(Buffer.from(text), AbortSignal.timeout(20_000));
report({ kind: 'operations', names: disk.operations });
report(put.ok ? { kind: 'stored', hash: put.value } : { kind: 'refused', reason: put.error.kind });
if (fault.thenPower) disk.powerFails();
process.disconnect();
