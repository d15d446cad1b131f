import { backupsSchema } from '#backups/infrastructure';
import { devicesSchema } from '#devices/infrastructure';
import { notificationsSchema } from '#notifications/infrastructure';
import { schedulingSchema } from '#scheduling/infrastructure';

/** Every context's part of the database. */
export const schemas = [devicesSchema, schedulingSchema, backupsSchema, notificationsSchema];
