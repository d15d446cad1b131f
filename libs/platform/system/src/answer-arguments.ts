/** What a program that ends at once has to say, and the exit code with which it ends. */
export type ArgumentsAnswer = { readonly text: string; readonly exitCode: 0 | 2 };

/** For a program that takes everything from its environment. Null when it was given no arguments, and is to go on. */
export function answerArguments(given: readonly string[], help: string): ArgumentsAnswer | null {
  const [first] = given;
  if (first === undefined) return null;
  if (given.includes('--help') || given.includes('-h')) return { text: help, exitCode: 0 };
  return { text: `There is no argument ${JSON.stringify(first)}.\n\n${help}`, exitCode: 2 };
}
