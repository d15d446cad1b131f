/** A page, and the text of a file of the workspace; undefined where there is none of this name. */
export type Page = { readonly file: string; readonly text: string };
export type ReadFile = (file: string) => string | undefined;

/** Listings of a page that name the file they are from, and are not in it: one line each. Indentation does not count. */
export function wrongQuotations({ file, text }: Page, read: ReadFile): readonly string[] {
  const listings = text.matchAll(/^```\w+ title="(.+?)"\n(.*?)^```$/gms);
  return [...listings].flatMap(([, source = '', quoted = '']) => {
    const original = read(source);
    if (original === undefined) return [`${file} quotes ${source}, and there is no such file.`];
    if (linesOf(original).includes(linesOf(quoted))) return [];
    const [first] = quoted.trim().split('\n');
    return [`${file} quotes what ${source} does not say (any more), beginning with: ${first}`];
  });
}

/** Framed, so that a quotation begins and ends where a line does. */
function linesOf(text: string): string {
  const lines = text
    .trim()
    .split('\n')
    .map((line) => line.trim());
  return `\n${lines.join('\n')}\n`;
}
