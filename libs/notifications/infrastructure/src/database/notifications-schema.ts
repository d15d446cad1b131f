import type { DatabaseSchema } from '#platform/database';
import { CreateEvents1795306000600 } from '../migrations/1795306000600-create-events.ts';
import { eventRow } from './event.row.ts';

export const notificationsSchema: DatabaseSchema = { rows: [eventRow], migrations: [CreateEvents1795306000600] };
