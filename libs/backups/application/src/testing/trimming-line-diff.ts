import { ok, type Ok } from '#kernel';
import type { LabelledText, LineDiff } from '../ports/line-diff.ts';
import { linesOf } from './apply-unified.ts';

const CONTEXT = 3;

/** A diff of one hunk: whatever lies between the first and the last difference is taken away and put back anew. */
export class TrimmingLineDiff implements LineDiff {
  async unified(from: LabelledText, to: LabelledText, signal: AbortSignal): Promise<Ok<string>> {
    signal.throwIfAborted();
    if (from.text === to.text) return ok('');
    const [before, after] = [linesOf(from.text), linesOf(to.text)];
    const shorter = Math.min(before.length, after.length);
    let head = 0;
    while (head < shorter && before[head] === after[head]) head += 1;
    let tail = 0;
    while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;

    const start = Math.max(0, head - CONTEXT);
    const leading = before.slice(start, head);
    const trailing = before.slice(before.length - tail).slice(0, CONTEXT);
    const removed = before.slice(head, before.length - tail);
    const added = after.slice(head, after.length - tail);
    const kept = leading.length + trailing.length;
    const range = (count: number) => `${count === 0 ? start : start + 1},${count}`;
    return ok(
      [
        `--- ${from.label}\n`,
        `+++ ${to.label}\n`,
        `@@ -${range(kept + removed.length)} +${range(kept + added.length)} @@\n`,
        ...[...marked(' ', leading), ...marked('-', removed), ...marked('+', added), ...marked(' ', trailing)],
      ].join(''),
    );
  }
}

function marked(mark: string, lines: readonly string[]): string[] {
  return lines.map((line) => `${mark}${line}${line.endsWith('\n') ? '' : '\n\\ No newline at end of file\n'}`);
}
