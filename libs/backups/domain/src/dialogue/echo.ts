const MOST_LINES = 8;

/**
 * The number of the line below the echo of `command`, which was typed behind `prompt` in the line numbered `at`.
 *
 * The echo may be missing, and a narrow terminal may have folded it. Null when something stands there that is no echo.
 */
export function lineBelowEcho(
  lines: readonly string[],
  { at, prompt, command }: { at: number; prompt: string; command: string },
): number | null {
  const first = lines[at];
  if (first === undefined || !first.startsWith(prompt)) return null;
  const wanted = withoutBlanks(command);
  let seen = withoutBlanks(first.slice(prompt.length));
  if (seen === '') return at + 1;
  for (let next = at + 1; wanted.startsWith(seen) && next <= at + MOST_LINES; next += 1) {
    if (seen === wanted) return next;
    seen += withoutBlanks(lines[next] ?? '');
  }
  return null;
}

export function withoutBlanks(text: string): string {
  return text.replaceAll(/\s/g, '');
}
