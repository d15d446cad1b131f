export { devicesSchema } from './database/devices-schema.ts';
export { devicesModule } from './devices.module.ts';
export { devicesWorkerModule } from './devices-worker.module.ts';
