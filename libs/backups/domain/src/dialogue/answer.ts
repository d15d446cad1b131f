const LINES_LOOKED_AT = 8;

/** The text of an answer: without the empty lines around it, every line ended by `\n`; empty when there is nothing in it. */
export function textOf(lines: readonly string[]): string {
  const isWritten = (line: string): boolean => line.trim() !== '';
  const first = lines.findIndex(isWritten);
  return first < 0 ? '' : `${lines.slice(first, lines.findLastIndex(isWritten) + 1).join('\n')}\n`;
}

/** The line by which a device says that it does not do what it was told, if the answer begins with one. */
export function rejectionIn(lines: readonly string[], patterns: readonly RegExp[]): string | null {
  const beginning = lines.slice(0, LINES_LOOKED_AT).map((line) => line.trim());
  return beginning.find((line) => patterns.some((pattern) => pattern.test(line))) ?? null;
}
