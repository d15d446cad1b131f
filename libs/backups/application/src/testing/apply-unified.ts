/** Applies a unified diff to the text it was made from, as `patch` would without fuzz; throws where the two do not fit. */
export function applyUnified(diff: string, text: string): string {
  const before = linesOf(text);
  const after: string[] = [];
  let at = 0;
  for (const { start, body } of hunksOf(diff)) {
    while (at < start) after.push(before[at++]!);
    for (const line of body) {
      const content = line.slice(1);
      if (line[0] !== '+' && before[at++] !== content) throw new Error(`Line ${at} is not ${JSON.stringify(content)}.`);
      if (line[0] !== '-') after.push(content);
    }
  }
  return [...after, ...before.slice(at)].join('');
}

/** Lines with their ends; a last line without one stays as it is. */
export function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function hunksOf(diff: string): { start: number; body: string[] }[] {
  const hunks: { start: number; body: string[] }[] = [];
  for (const line of linesOf(diff).slice(2)) {
    const head = /^@@ -(\d+)(?:,(\d+))? \+\d+(?:,\d+)? @@/.exec(line);
    const body = hunks.at(-1)?.body;
    // A head counts lines from 1, and names the line before where it takes none away.
    if (head) hunks.push({ start: Number(head[1]) - (head[2] === '0' ? 0 : 1), body: [] });
    else if (line.startsWith('\\')) body?.push(body.pop()!.slice(0, -1));
    else body?.push(line);
  }
  return hunks;
}
