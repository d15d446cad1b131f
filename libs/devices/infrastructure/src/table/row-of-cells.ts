import type { DeviceColumn, DeviceTableRow } from '#devices/application';
import { Secret } from '#kernel';
import { looksLikePrivateKey } from '#platform/ssh';

const LONGEST = { username: 64, password: 1_024, private_key: 16_384, passphrase: 1_024 } as const;

/** What the cells of a row say, each read as what its column is for. */
export function rowOf(cells: ReadonlyMap<DeviceColumn, string>, line: number): DeviceTableRow {
  const unusable: DeviceColumn[] = [];
  const read = <T>(column: DeviceColumn, as: (cell: string) => T | undefined): T | undefined => {
    const cell = cells.get(column) ?? '';
    if (cell === '') return undefined;
    const value = as(cell);
    if (value === undefined) unusable.push(column);
    return value;
  };
  const secret = (column: keyof typeof LONGEST): Secret | undefined =>
    read(column, (cell) => (cell.length <= LONGEST[column] ? new Secret(cell) : undefined));

  const passphrase = secret('passphrase');
  const facts = {
    address: read('address', (cell) => cell),
    port: read('port', numberIn),
    model: read('model', (cell) => cell),
    enabled: read('enabled', booleanIn),
    tags: read('tags', (cell) => cell.split(/[\s;]+/).filter((tag) => tag !== '')),
    username: read('username', (cell) => (cell.length <= LONGEST.username ? cell : undefined)),
    password: secret('password'),
    privateKey: read('private_key', (cell) => privateKeyIn(cell, passphrase ?? null)),
    passphrase,
    hostKey: read('host_key', hostKeyIn),
  };
  const said = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
  return { line, name: cells.get('name') ?? '', ...said, unusable };
}

function numberIn(cell: string): number | undefined {
  return /^\d{1,9}$/.test(cell) ? Number(cell) : undefined;
}

function booleanIn(cell: string): boolean | undefined {
  const lower = cell.toLowerCase();
  return lower === 'true' ? true : lower === 'false' ? false : undefined;
}

function privateKeyIn(cell: string, passphrase: Secret | null): Secret | undefined {
  const privateKey = new Secret(cell);
  return cell.length <= LONGEST.private_key && looksLikePrivateKey({ privateKey, passphrase }) ? privateKey : undefined;
}

/** As a scan shows it: the algorithm, a space, the fingerprint. */
function hostKeyIn(cell: string) {
  const [algorithm, fingerprint, ...more] = cell.split(' ');
  return algorithm && fingerprint && more.length === 0 ? { algorithm, fingerprint } : undefined;
}
