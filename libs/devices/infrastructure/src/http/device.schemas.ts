import type { DeviceView } from '#devices/application';
import { HOST_KEY_ALGORITHMS, MOST_TAGS } from '#devices/domain';
import { Secret } from '#kernel';
import { idSchema } from '#platform/http';
import { looksLikePrivateKey } from '#platform/ssh';
import { z } from 'zod';

/** A secret from the very moment that it is read, so that no later code can print it. */
const secret = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .meta({ format: 'password', writeOnly: true })
    .transform((text) => new Secret(text));

const username = z.string().min(1).max(64);
const credentials = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('password'), username, password: secret(1_024) }),
    z
      .strictObject({
        kind: z.literal('key'),
        username,
        privateKey: secret(16_384).describe('In the format of OpenSSH or in PEM.'),
        passphrase: secret(1_024).nullable().default(null).describe('Null when the private key is not encrypted.'),
      })
      .refine(looksLikePrivateKey, {
        path: ['privateKey'],
        message: 'it cannot be read as a private key, or is encrypted and needs a passphrase',
      }),
  ])
  .describe('How to log in. Kept encrypted and never shown again.');

const details = {
  name: z.string().min(1).max(63).describe('Like a host name, and unique.'),
  address: z.string().min(1).max(253).describe('An IPv4 or IPv6 address, or a DNS name.'),
  port: z.int().min(1).max(65_535),
  model: z.string().min(1).max(64),
};
/** The model of a device that is there may be one that nobody collects from any more. */
const modelOf = (models: readonly string[]) => details.model.meta({ enum: [...models] });
export const tagText = z.string().min(1).max(63).describe('Letters and digits, and `-`, `.`, `_` or `:` between them.');
const hostKey = z.strictObject({
  algorithm: z
    .string()
    .max(64)
    .describe(`One of ${HOST_KEY_ALGORITHMS.join(', ')}, as a scan says it.`),
  fingerprint: z.string().max(64).describe('As `ssh-keygen -l` prints it: SHA256: and 43 characters.'),
});

export const deviceParams = z.strictObject({ id: idSchema<'Device'>() });
export const enabledBody = z.strictObject({ enabled: z.boolean().describe('Whether it is backed up.') });
export const registerBody = (models: readonly string[]) =>
  z.strictObject({
    ...details,
    model: modelOf(models),
    credentials,
    enabled: z.boolean().default(true).describe('Whether it is backed up.'),
    tags: z.array(tagText).max(MOST_TAGS).default([]),
  });
export const changeBody = (models: readonly string[]) =>
  z.strictObject({
    version: z.int().min(1).describe('The version that the change was made for. Refused when it is not the latest.'),
    name: details.name.exactOptional(),
    address: details.address.exactOptional().describe('A new address drops the pinned host key.'),
    port: details.port.exactOptional().describe('A new port drops the pinned host key.'),
    model: modelOf(models).exactOptional(),
    credentials: credentials.exactOptional(),
  });
export const hostKeyBody = z.strictObject({
  ...hostKey.shape,
  version: z
    .int()
    .min(1)
    .exactOptional()
    .describe('The version that was read before the key was scanned. Refused when the device has changed since.'),
});
export const deviceSchema = z
  .strictObject({
    id: z.uuid(),
    ...details,
    hostKey: hostKey.nullable().describe('The pinned one; null until somebody has pinned one.'),
    enabled: z.boolean().describe('Whether it is backed up.'),
    tags: z.array(z.string()).describe('In alphabetical order.'),
    version: z.int(),
    createdAt: z.iso.datetime(),
    changedAt: z.iso.datetime(),
  })
  .meta({ id: 'Device' });
export const devicePageSchema = z.strictObject({
  items: z.array(deviceSchema),
  next: z.string().nullable().describe('What to ask for as `after` to get the next page; null on the last one.'),
});
export const scannedHostKeySchema = z.strictObject({
  ...hostKey.shape,
  pinned: z.boolean().describe('Whether this is the pinned key. If not, verify it before it is pinned.'),
});

export function representationOf(device: DeviceView): z.infer<typeof deviceSchema> {
  const tags = [...device.tags];
  return { ...device, tags, createdAt: device.createdAt.toISOString(), changedAt: device.changedAt.toISOString() };
}
