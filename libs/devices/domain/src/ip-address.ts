const OCTET = /^(0|[1-9]\d{0,2})$/;
const GROUP = /^[0-9a-f]{1,4}$/i;

/** Four decimal numbers from 0 to 255. No leading zero: some resolvers take `010` for eight. */
export function isIpv4(text: string): boolean {
  const octets = text.split('.');
  return octets.length === 4 && octets.every((octet) => OCTET.test(octet) && Number(octet) <= 255);
}

/** Any spelling of RFC 4291, without a zone: that names an interface of one machine. */
export function isIpv6(text: string): boolean {
  const halves = text.split('::');
  const [before = Number.NaN, after = 0] = halves.map((half, index) =>
    countGroups(half, { endsTheAddress: index === halves.length - 1 }),
  );
  // An invalid half counts as NaN, for which every comparison is false.
  if (halves.length === 1) return before === 8;
  return halves.length === 2 && before + after <= 7;
}

function countGroups(half: string, { endsTheAddress }: { endsTheAddress: boolean }): number {
  if (half === '') return 0;
  const groups = half.split(':');
  const last = groups.at(-1) ?? '';
  if (endsTheAddress && isIpv4(last)) return everyGroup(groups.slice(0, -1)) + 2;
  return everyGroup(groups);
}

function everyGroup(groups: readonly string[]): number {
  return groups.every((group) => GROUP.test(group)) ? groups.length : Number.NaN;
}
