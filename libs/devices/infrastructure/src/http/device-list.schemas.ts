import { DEVICE_SORT_FIELDS, LONGEST_DEVICE_PAGE, LONGEST_TAG_PAGE, type ListDevicesQuery } from '#devices/application';
import { MOST_TAGS } from '#devices/domain';
import { z } from 'zod';
import { decodeCursor } from './device-cursor.ts';

/** A parameter that may be there several times. */
const several = (what: string) =>
  z
    .preprocess(
      (given) => (typeof given === 'string' ? [given] : given),
      z.array(z.string().min(1).max(64)).max(MOST_TAGS),
    )
    .exactOptional()
    .describe(`${what} May be given several times.`);

export const listQuery = z
  .strictObject({
    text: z.string().max(253).exactOptional().describe('A part of the name or of the address.'),
    anyTag: several('Only devices that have at least one of these tags.'),
    allTag: several('Only devices that have all of these tags.'),
    noTag: several('Only devices that have none of these tags.'),
    model: several('Only devices of one of these models.'),
    enabled: z.stringbool({ truthy: ['true'], falsy: ['false'] }).exactOptional(),
    sort: z.enum(DEVICE_SORT_FIELDS).default('name').describe('Equal ones go by their ids.'),
    order: z.enum(['asc', 'desc']).default('asc'),
    after: z.string().min(1).max(1_024).nullable().default(null).describe('The `next` of the page before.'),
    limit: z.coerce.number().int().min(1).max(LONGEST_DEVICE_PAGE).default(50),
  })
  .transform(({ sort: field, order, after: cursor, limit, ...filter }, context): ListDevicesQuery => {
    const { anyTag: any, allTag: all, noTag: none, model: models, text, enabled } = filter;
    const sort = { field, descending: order === 'desc' };
    const after = cursor === null ? null : decodeCursor(cursor, sort);
    if (cursor !== null && after === null)
      context.addIssue({ code: 'custom', path: ['after'], message: 'it is no `next` of a list in this order' });
    const tags = { ...(any && { any }), ...(all && { all }), ...(none && { none }) };
    const selection = {
      tags,
      ...(models && { models }),
      ...(text !== undefined && { text }),
      ...(enabled !== undefined && { enabled }),
    };
    return { selection, sort, after, limit };
  });

export const tagQuery = z.strictObject({
  after: z.string().min(1).max(63).nullable().default(null).describe('The `next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(LONGEST_TAG_PAGE).default(200),
});

export const tagSchema = z
  .strictObject({ tag: z.string(), devices: z.int().describe('How many devices have it.') })
  .meta({ id: 'Tag' });
export const tagPageSchema = z.strictObject({
  items: z.array(tagSchema).describe('In alphabetical order.'),
  next: z.string().nullable().describe('What to ask for as `after` to get the next page; null on the last one.'),
});
