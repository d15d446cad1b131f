/** The JSON objects that a fixture has written to stderr, one in a line, with this key. */
export function saidBy<T>(stderr: string, key: keyof T & string): readonly T[] {
  return stderr
    .split('\n')
    .filter((line) => line.startsWith(`{"${key}"`))
    .map((line) => JSON.parse(line) as T);
}
