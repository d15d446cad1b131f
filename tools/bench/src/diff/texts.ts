/** Lines as a switch has them for one port: some are of that port only, others are the same for all. */
const PORT = (nth: number): readonly string[] => [
  `interface GigabitEthernet1/${nth >> 6}/${nth & 63}`,
  ` description port ${nth} to rack ${nth % 97} unit ${nth % 42}`,
  ` switchport access vlan ${nth % 400}`,
  ' switchport mode access',
  ' spanning-tree portfast',
  ` ip address 10.${nth % 250}.${(nth >> 8) % 250}.1 255.255.255.0`,
  ' no shutdown',
  '!',
];

/** The lines of a configuration of about so many bytes. */
export function configuration(bytes: number): readonly string[] {
  const lines: string[] = [];
  for (let [length, nth] = [0, 0]; length < bytes; nth += 1) {
    for (const line of PORT(nth)) {
      lines.push(line);
      length += line.length + 1;
    }
  }
  return lines;
}

/** The same with one of so many lines changed; with 1 all of them. */
export function changed(lines: readonly string[], everyNth: number): readonly string[] {
  return lines.map((line, index) => (index % everyNth === 0 ? `${line} changed ${index}` : line));
}
