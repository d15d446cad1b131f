import type { TextForm } from './device-model.ts';

// Read character by character, because the text comes from a device: a pattern that has to look for the end of a
// comment or a quote again and again takes the square of the time.
function flaw(text: string): string | null {
  let depth = 0;
  let end = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '{') depth += 1;
    else if (character === '}' || character === ';') {
      if (character === '}') depth -= 1;
      if (depth < 0) return 'closes a brace that it did not open';
      end = at + 1;
    } else if (character === '"') {
      const closing = closingQuote(text, at);
      if (closing === null) return 'leaves a quote open';
      at = closing;
    } else if (beginsComment(text, at)) {
      const last = lastOfComment(text, at);
      if (last === null) return 'leaves a comment open';
      at = last;
      if (end > 0) end = at + 1;
    }
  }
  if (depth > 0) return `leaves ${depth} braces open`;
  return end > 0 && text.slice(end).trim() === '' ? null : 'ends in the middle of a statement';
}

/** A quote ends in the line in which it begins. */
function closingQuote(text: string, opening: number): number | null {
  for (let at = opening + 1; at < text.length && text[at] !== '\n'; at += 1) {
    if (text[at] === '"') return at;
    if (text[at] === '\\' && text[at + 1] !== '\n') at += 1;
  }
  return null;
}

function beginsComment(text: string, at: number): boolean {
  if (text[at] === '#') return at === 0 || /\s/.test(text[at - 1] ?? '');
  return text[at] === '/' && text[at + 1] === '*';
}

function lastOfComment(text: string, at: number): number | null {
  const [sign, length] = text[at] === '#' ? ['\n', 0] : ['*/', 2];
  const found = text.indexOf(sign, at + length);
  if (found >= 0) return found + length - 1;
  return length === 0 ? text.length - 1 : null;
}

/** Text made of nested blocks: every brace that was opened is closed, and the last statement is ended. */
export const balancedBraces: TextForm = { says: 'balanced braces', flaw };
