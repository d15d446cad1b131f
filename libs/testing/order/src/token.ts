/** A moment, counted from 0, and the option that was taken there instead of the usual one. */
export type Deviation = { readonly at: number; readonly option: number };

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/**
 * An order in as few letters as tell it apart: `4b9c` takes the second option at the fourth moment, the third at the ninth,
 * and the usual one everywhere else; `0` deviates nowhere.
 */
export function tokenOf(deviations: readonly Deviation[]): string {
  if (deviations.length === 0) return '0';
  return deviations.map(({ at, option }) => `${at + 1}${LETTERS[option] ?? `_${option}_`}`).join('');
}

export function deviationsIn(token: string): readonly Deviation[] {
  if (token === '0') return [];
  if (!/^([1-9]\d*([a-z]|_\d+_))+$/.test(token)) {
    throw new Error(`${JSON.stringify(token)} is no order: one looks like 4b9c, and is printed where an order fails.`);
  }
  return [...token.matchAll(/(\d+)(?:([a-z])|_(\d+)_)/g)].map(([, at, letter, number]) => ({
    at: Number(at) - 1,
    option: letter === undefined ? Number(number) : LETTERS.indexOf(letter),
  }));
}
