/** As exact as a measurement is: three digits, and no more than one behind the point. */
export function rounded(value: number): number {
  return Math.round(10 * Number(value.toPrecision(3))) / 10;
}

/** How often as much, as people say it. */
export function times(more: number, less: number): string {
  return `x ${(more / less).toFixed(2)}`;
}
