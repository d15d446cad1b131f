import type { Recording } from './recording.ts';

const SHOWS_CONFIGURATION = /^(?:show (?:running-config|configuration)\b|\/?export\b)/;

/** The command whose answer is the configuration: the one that says so, or else the one with the longest answer. */
export function configurationCommandOf({ name, exchanges }: Recording): string {
  const longestFirst = exchanges.toSorted((a, b) => b.answer.length - a.answer.length);
  const exchange = longestFirst.find(({ typed }) => SHOWS_CONFIGURATION.test(typed)) ?? longestFirst[0];
  if (exchange === undefined) throw new Error(`${name} holds no command.`);
  return exchange.typed;
}
