import type { LabelledText } from '#backups/application';
import { diffArrays } from 'diff';
import { anchorsOf } from './anchors.ts';

const CONTEXT = 3;

type Same = { readonly kind: 'same'; readonly lines: string[] };
type Changed = { readonly kind: 'changed'; readonly removed: string[]; readonly added: string[] };

/** A stretch of both texts: the same lines, or lines that were taken away and others put in their place. */
type Stretch = Same | Changed;

/** What `patch` applies. The texts differ. */
export function unifiedDiff(from: LabelledText, to: LabelledText): string {
  const hunks = hunksOf(stretchesOf(linesOf(from.text), linesOf(to.text)));
  return [`--- ${from.label}\n`, `+++ ${to.label}\n`, ...hunks].join('');
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function stretchesOf(from: string[], to: string[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let [left, right] = [0, 0];
  for (const anchor of [...anchorsOf(from, to), { from: from.length, to: to.length }]) {
    stretches.push(...between(from.slice(left, anchor.from), to.slice(right, anchor.to)));
    stretches.push({ kind: 'same', lines: from.slice(anchor.from, anchor.from + 1) });
    [left, right] = [anchor.from + 1, anchor.to + 1];
  }
  return joined(stretches);
}

function between(from: string[], to: string[]): readonly Stretch[] {
  if (from.length === 0 || to.length === 0) return [{ kind: 'changed', removed: from, added: to }];
  return diffArrays(from, to).map(({ added, removed, value }): Stretch => {
    if (!added && !removed) return { kind: 'same', lines: value };
    return { kind: 'changed', removed: removed ? value : [], added: added ? value : [] };
  });
}

/** Neighbours of one kind become one; empty ones vanish. */
function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const all: Stretch[] = [];
  for (const stretch of stretches) {
    const last = all.at(-1);
    if (stretch.kind === 'same') {
      if (stretch.lines.length === 0) continue;
      if (last?.kind === 'same') for (const line of stretch.lines) last.lines.push(line);
      else all.push({ kind: 'same', lines: [...stretch.lines] });
    } else if (stretch.removed.length + stretch.added.length > 0) {
      if (last?.kind === 'changed') {
        for (const line of stretch.removed) last.removed.push(line);
        for (const line of stretch.added) last.added.push(line);
      } else all.push({ kind: 'changed', removed: [...stretch.removed], added: [...stretch.added] });
    }
  }
  return all;
}

function hunksOf(stretches: readonly Stretch[]): readonly string[] {
  const hunks: string[] = [];
  let hunk: Hunk | null = null;
  let [fromLine, toLine] = [1, 1];
  for (const [index, stretch] of stretches.entries()) {
    if (stretch.kind === 'changed') {
      hunk ??= new Hunk(fromLine, toLine, []);
      hunk.change(stretch.removed, stretch.added);
      fromLine += stretch.removed.length;
      toLine += stretch.added.length;
      continue;
    }
    const { lines } = stretch;
    const isLast = index === stretches.length - 1;
    if (hunk !== null && (isLast || lines.length > 2 * CONTEXT)) {
      hunk.keep(lines.slice(0, CONTEXT));
      hunks.push(hunk.text());
      hunk = null;
    } else hunk?.keep(lines);
    fromLine += lines.length;
    toLine += lines.length;
    if (hunk === null && !isLast) {
      const leading = lines.slice(-CONTEXT);
      hunk = new Hunk(fromLine - leading.length, toLine - leading.length, leading);
    }
  }
  return hunk === null ? hunks : [...hunks, hunk.text()];
}

class Hunk {
  readonly #from: number;
  readonly #to: number;
  readonly #lines: string[] = [];
  #before = 0;
  #after = 0;

  constructor(from: number, to: number, leading: readonly string[]) {
    this.#from = from;
    this.#to = to;
    this.keep(leading);
  }

  keep(lines: readonly string[]): void {
    this.#add(' ', lines);
    this.#before += lines.length;
    this.#after += lines.length;
  }

  change(removed: readonly string[], added: readonly string[]): void {
    this.#add('-', removed);
    this.#add('+', added);
    this.#before += removed.length;
    this.#after += added.length;
  }

  text(): string {
    const range = (first: number, count: number): string => `${count === 0 ? first - 1 : first},${count}`;
    return [`@@ -${range(this.#from, this.#before)} +${range(this.#to, this.#after)} @@\n`, ...this.#lines].join('');
  }

  #add(mark: string, lines: readonly string[]): void {
    for (const line of lines) {
      this.#lines.push(line.endsWith('\n') ? `${mark}${line}` : `${mark}${line}\n\\ No newline at end of file\n`);
    }
  }
}
