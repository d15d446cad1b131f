import type { DeviceSelection } from '#devices/contracts';
import { selectionOf, selectionSchema } from '#backups/infrastructure';
import { CannotRun } from '../commands/outcome.ts';
import { parsed } from './parse.ts';
import type { Selecting } from './served.ts';

/** The devices that options select; null when they say nothing. Every device has to be asked for by `--all`. */
export function selectionFrom({
  all = false,
  anyTag,
  allTag,
  withoutTag,
  model,
  text,
}: Selecting): DeviceSelection | null {
  const tags = {
    ...(anyTag && { any: anyTag }),
    ...(allTag && { all: allTag }),
    ...(withoutTag && { none: withoutTag }),
  };
  const said = {
    ...(Object.keys(tags).length > 0 && { tags }),
    ...(model && { models: model }),
    ...(text !== undefined && { text }),
  };
  const isNothing = Object.keys(said).length === 0;
  if (isNothing && !all) return null;
  if (!isNothing && all) throw new CannotRun('--all is every device: leave it out, or leave out what selects some.');
  return selectionOf(parsed(selectionSchema, said));
}
