const LONGEST = 500;

/**
 * Makes one short line out of whatever an error said: reasons are shown in tables and terminals, and text columns take no NUL.
 */
export function readableReason(text: string): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  if (line === '') return 'No reason was given.';
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1).toWellFormed()}…` : line;
}
