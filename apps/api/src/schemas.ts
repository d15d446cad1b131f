import { backupsSchema } from '#backups/infrastructure';
import { devicesSchema } from '#devices/infrastructure';
import { schedulingSchema } from '#scheduling/infrastructure';

/** Every context's part of the database. */
export const schemas = [devicesSchema, schedulingSchema, backupsSchema];
