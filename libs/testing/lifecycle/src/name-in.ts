/** The name of the property of `owner` that holds `value`. */
export function nameIn(owner: object, value: unknown): string {
  const [name] = Object.entries(owner).find(([, held]) => held === value) ?? [];
  return name ?? 'without a public name';
}
