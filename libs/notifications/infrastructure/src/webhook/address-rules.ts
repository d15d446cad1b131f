import { BlockList, isIP } from 'node:net';

/** Special-purpose addresses (IANA registries, RFC 6890): of this machine, of private networks, of clouds' metadata services, of nobody. */
const FORBIDDEN = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // Inside of what is global: protocols that wrap IPv4 addresses, and documentation.
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
];
/** Everything else is not global: loopback, link-local, unique local, multicast, mapped and translated IPv4 addresses. */
const GLOBAL_IPV6 = ['2000::/3'];
const LOOPBACK = ['127.0.0.0/8', '::1/128'];

export type AddressRulesOptions = {
  /** Networks that are allowed although they are not public, such as `10.20.0.0/16`. */
  readonly allowedNetworks: readonly string[];
  readonly allowLoopback: boolean;
};

/** To which addresses a webhook may lead. Public ones, and what the installation allows besides. */
export class AddressRules {
  readonly #allowed: BlockList;
  readonly #forbidden = listOf(FORBIDDEN);
  readonly #global = listOf(GLOBAL_IPV6);

  constructor({ allowedNetworks, allowLoopback }: AddressRulesOptions) {
    this.#allowed = listOf([...allowedNetworks, ...(allowLoopback ? LOOPBACK : [])]);
  }

  allow(address: string): boolean {
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (isIP(address) === 0) return false;
    if (this.#allowed.check(address, family)) return true;
    if (this.#forbidden.check(address, family)) return false;
    return family === 'ipv4' || this.#global.check(address, family);
  }
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    list.addSubnet(address, Number(prefix), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}
