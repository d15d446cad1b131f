import type { LabelledText } from '#backups/application';
import { diffArrays } from 'diff';
import { anchorsOf, type Anchor } from './anchors.ts';

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
  return joined(around(anchorsOf(from, to), { from, to }, between));
}

type Texts = { readonly from: string[]; readonly to: string[] };

/** The anchors as stretches of one line, with `gap` saying what lies between two of them, before the first and behind the last. */
function around(
  anchors: readonly Anchor[],
  { from, to }: Texts,
  gap: (texts: Texts) => readonly Stretch[],
): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let [left, right] = [0, 0];
  for (const anchor of [...anchors, { from: from.length, to: to.length }]) {
    for (const stretch of gap({ from: from.slice(left, anchor.from), to: to.slice(right, anchor.to) }))
      stretches.push(stretch);
    stretches.push({ kind: 'same', lines: from.slice(anchor.from, anchor.from + 1) });
    [left, right] = [anchor.from + 1, anchor.to + 1];
  }
  return stretches;
}

/** Only lines that stand on both sides are compared: that takes time which grows with the product of what is compared. */
function between({ from, to }: Texts): readonly Stretch[] {
  const [left, right] = [placesOf(from, new Set(to)), placesOf(to, new Set(from))];
  const pairs: Anchor[] = [];
  let [nextLeft, nextRight] = [0, 0];
  for (const { added, removed, count } of diffArrays(linesAt(left, from), linesAt(right, to))) {
    if (!added && !removed) {
      for (let nth = 0; nth < count; nth += 1) pairs.push({ from: left[nextLeft + nth]!, to: right[nextRight + nth]! });
    }
    if (!added) nextLeft += count;
    if (!removed) nextRight += count;
  }
  return around(pairs, { from, to }, (texts) => [{ kind: 'changed', removed: texts.from, added: texts.to }]);
}

function placesOf(lines: readonly string[], wanted: ReadonlySet<string>): readonly number[] {
  return [...lines.keys()].filter((at) => wanted.has(lines[at]!));
}

function linesAt(places: readonly number[], lines: readonly string[]): string[] {
  return places.map((at) => lines[at]!);
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
