import { lookup } from 'node:dns/promises';
import { isIP, isIPv6 } from 'node:net';

export type Address = { readonly address: string; readonly family: number };

/** Every address that the host of a URL leads to now. Rejects as `dns.lookup` does. */
export type ResolveHost = (hostname: string) => Promise<readonly Address[]>;

export const resolveHost: ResolveHost = async (hostname) => {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare) !== 0) return [{ address: bare, family: isIPv6(bare) ? 6 : 4 }];
  return lookup(bare, { all: true });
};
