export { devicesSchema } from './database/devices-schema.ts';
export { devicesModule } from './devices.module.ts';
export { devicesWorkerModule } from './devices-worker.module.ts';
export { encodeCursor as encodeDeviceCursor } from './http/device-cursor.ts';
export { listQuery as deviceListQuery } from './http/device-list.schemas.ts';
export { problemOf as deviceProblem } from './http/device.problems.ts';
export { registerBody, representationOf as deviceRepresentation } from './http/device.schemas.ts';
export { tableProblemOf as importProblem } from './http/import.problems.ts';
export { importQuery, importReportOf } from './http/import.schemas.ts';
