const ESCAPES = /(?:\\x[0-9a-f]{1,2}|\\[0-7]{1,3})+|\\u[0-9a-f]{4}|\\[^\n]/gi;
const NUMBERED = /\\(?:x([0-9a-f]{1,2})|([0-7]{1,3}))/gi;
const NAMED: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Reads C-style escapes. Any other character after a backslash stands for itself. */
export function unescape(text: string): string {
  return text.replace(ESCAPES, (escape) => {
    if (/^\\(?:x[0-9a-f]|[0-7])/i.test(escape)) return fromBytes(escape);
    if (/^\\u[0-9a-f]/i.test(escape)) return String.fromCharCode(Number.parseInt(escape.slice(2), 16));
    const character = escape.slice(1);
    return NAMED[character] ?? character;
  });
}

// Numbered escapes are bytes: a character beyond ASCII is a row of them.
function fromBytes(escapes: string): string {
  const bytes = escapes
    .matchAll(NUMBERED)
    .map(([, hex, octal]) => (hex === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(hex, 16)));
  return Buffer.from([...bytes]).toString('utf8');
}
