import type { Json } from '#kernel';
import type { FieldName } from './field-names.ts';

export type LogFields = { readonly [Name in FieldName]?: Json | Date | Error | undefined };

/**
 * Says what happens, for the people who run the service. Never throws and never waits.
 *
 * Fields carry the facts, the message is constant text. Secrets and device output do not belong in either. A line also
 * carries the fields of the {@link withLogFields} it is written in.
 */
export abstract class Logger {
  abstract debug(message: string, fields?: LogFields): void;
  abstract info(message: string, fields?: LogFields): void;
  abstract warn(message: string, fields?: LogFields): void;
  abstract error(message: string, fields?: LogFields): void;
}
