const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g;
const DEEPEST = 32;
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * What is wrong with a JSON text although it can be parsed, or undefined.
 *
 * `JSON.parse` keeps the last of several equal keys, so that two readers may see two different requests; and it accepts
 * keys that write to a prototype when someone copies them, and any depth of nesting.
 */
export function findJsonFault(validJson: string): string | undefined {
  const open: (Set<string> | null)[] = [];
  let keyIsNext = false;
  for (const [token] of validJson.matchAll(TOKENS)) {
    if (token === '{' || token === '[') open.push(token === '{' ? new Set() : null);
    else if (token === '}' || token === ']') open.pop();
    else if (token !== ',' && token !== ':' && keyIsNext) {
      const fault = addKey(open.at(-1), JSON.parse(token) as string);
      if (fault !== undefined) return fault;
    }
    if (open.length > DEEPEST) return `It is nested deeper than ${DEEPEST} levels.`;
    keyIsNext = token === '{' || (token === ',' && open.at(-1) instanceof Set);
  }
  return undefined;
}

function addKey(keys: Set<string> | null | undefined, key: string): string | undefined {
  if (FORBIDDEN_KEYS.has(key)) return `The key ${JSON.stringify(key)} is not allowed.`;
  if (keys?.has(key) === true) return `The key ${JSON.stringify(key)} is there twice.`;
  keys?.add(key);
  return undefined;
}
