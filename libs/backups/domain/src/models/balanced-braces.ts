import type { TextForm } from './device-model.ts';

// A quoted text (it never spans lines), a comment, a brace, or the end of a statement.
const TOKEN = /"(?:[^"\\]|\\.)*"|\/\*[^]*?\*\/|(?:^|\s)#.*|[{};]/gm;

function flaw(text: string): string | null {
  let depth = 0;
  let end = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token === '{') depth += 1;
    if (token === '}') depth -= 1;
    if (depth < 0) return 'closes a brace that it did not open';
    if (token === '}' || token === ';' || (end > 0 && isComment(token))) end = index + token.length;
  }
  if (depth > 0) return `leaves ${depth} braces open`;
  return end > 0 && text.slice(end).trim() === '' ? null : 'ends in the middle of a statement';
}

function isComment(token: string): boolean {
  return token.startsWith('/*') || token.trimStart().startsWith('#');
}

/** Text made of nested blocks: every brace that was opened is closed, and the last statement is ended. */
export const balancedBraces: TextForm = { says: 'balanced braces', flaw };
