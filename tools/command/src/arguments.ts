import { parseArgs, type ParseArgsConfig } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<O extends Options> = ReturnType<typeof parseArgs<{ allowPositionals: true; options: O }>>;

/**
 * What a command was called with. `--help` prints the help and ends with 0; a call it cannot make sense of ends with 2,
 * after saying what is wrong and printing the help.
 */
export function commandArguments<const O extends Options>(help: string, options: O, words?: string[]): Parsed<O> {
  const parsed = parsedOrProblem(options, words);
  if (typeof parsed === 'string') return usage(help, parsed);
  if (parsed.values['help'] !== true) return parsed as unknown as Parsed<O>;
  console.log(help);
  process.exit(0);
}

function parsedOrProblem(options: Options, words: string[] | undefined): ReturnType<typeof parseArgs> | string {
  const withHelp: Options = { ...options, help: { type: 'boolean', short: 'h', default: false } };
  try {
    return parseArgs({ allowPositionals: true, options: withHelp, ...(words && { args: words }) });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Ends a call that makes no sense. */
export function usage(help: string, problem: string): never {
  console.error(`${problem}\n\n${help}`);
  process.exit(2);
}
