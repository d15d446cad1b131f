/** What a terminal may obey: control characters but line ends and tabs. */
const CONTROL = /(?![\n\t])\p{Cc}/gu;

/** The text with what would work a terminal made visible, such as `\x1b`. */
export function printable(text: string): string {
  return text.replace(CONTROL, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
