import { createHash } from 'node:crypto';
import type { Hashing } from '#backups/application';
import type { ContentHash } from '#backups/domain';

export class Sha256Hashing implements Hashing {
  of(bytes: Uint8Array): ContentHash {
    return createHash('sha256').update(bytes).digest('hex') as ContentHash;
  }
}
