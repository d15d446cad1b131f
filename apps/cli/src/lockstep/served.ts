import type { Command } from 'commander';
import type { Work } from './desk.ts';

/** Runs the work of a command at a desk of its own, and keeps how it ended as the exit code. */
export type Run = (options: object, work: Work) => Promise<void>;

/** A command of the service: what all of them have. */
export function served(command: Command, description: string, example: string): Command {
  return command
    .description(description)
    .option('--json', 'print one JSON document with the names of the API, also for a refusal')
    .addHelpText('after', `\nExample:\n  npm run lockstep -- ${example}`);
}

/** For options that may be given several times. */
export function each(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** A page of a list. */
export function paged(command: Command): Command {
  return command
    .option('--limit <count>', 'how many at most')
    .option('--after <next>', 'what the page before has ended with');
}

export type Selecting = {
  readonly all?: boolean;
  readonly anyTag?: readonly string[];
  readonly allTag?: readonly string[];
  readonly withoutTag?: readonly string[];
  readonly model?: readonly string[];
  readonly text?: string;
};

/** Which devices; what is given several times is a list. */
export function selecting(command: Command): Command {
  return command
    .option('--any-tag <tag>', 'devices that have one of these tags; may be repeated', each)
    .option('--all-tag <tag>', 'devices that have all of these tags; may be repeated', each)
    .option('--without-tag <tag>', 'devices that have none of these tags; may be repeated', each)
    .option('--model <name>', 'devices of one of these models; may be repeated', each)
    .option('--text <part>', 'devices with this in their name or address');
}
