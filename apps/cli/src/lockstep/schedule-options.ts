import { BATCH_JOB } from '#backups/application';
import { CannotRun } from '../commands/outcome.ts';
import type { Surroundings } from './desk.ts';
import { milliseconds } from './parse.ts';
import { textOf } from './secrets.ts';
import { selectionFrom } from './selection.ts';
import type { Selecting } from './served.ts';

export type ScheduleOptions = Selecting & {
  readonly file?: string;
  readonly every?: string;
  readonly daily?: string;
  readonly weekly?: string;
  readonly monthly?: string;
  readonly cron?: string;
  readonly once?: string;
  readonly zone?: string;
  readonly missed?: string;
  readonly jitter?: string;
  readonly jobType?: string;
  readonly payload?: string;
};

const UNITS: Readonly<Record<string, string>> = { s: 'seconds', m: 'minutes', h: 'hours', d: 'days' };
const RULES = ['every', 'daily', 'weekly', 'monthly', 'cron', 'once'] as const;

/** The body that the API would get; whoever gets it holds it to its schema. */
export async function scheduleFrom(
  name: string,
  options: ScheduleOptions,
  surroundings: Pick<Surroundings, 'in' | 'interrupted'>,
): Promise<unknown> {
  const { file } = options;
  if (file !== undefined) return { ...(jsonIn(await textOf(file, surroundings), '--file') as object), name };
  const { zone, jitter } = options;
  const missed = missedFrom(options);
  const plan = {
    recurrence: { rule: ruleFrom(options), ...(zone && { zone }) },
    ...(missed && { missed }),
    ...(jitter && { jitterMs: milliseconds(jitter, 'jitter') }),
  };
  return { name, plan, job: jobFrom(options) };
}

function jobFrom(options: ScheduleOptions): object {
  const { jobType, payload } = options;
  if (jobType !== undefined) return { type: jobType, payload: jsonIn(payload ?? '{}', '--payload') };
  const selection = selectionFrom(options);
  if (selection === null)
    throw new CannotRun('Say what to do: what selects devices to be backed up, such as --all, or --job-type.');
  return { type: BATCH_JOB, payload: { selection } };
}

function ruleFrom(options: ScheduleOptions): object {
  const given = RULES.filter((rule) => options[rule] !== undefined);
  const [kind] = given;
  if (kind === undefined || given.length > 1)
    throw new CannotRun(`Say when, by one of ${RULES.map((rule) => `--${rule}`).join(', ')}, or by --file.`);
  const value = options[kind]!;
  if (kind === 'every') {
    const [, count, unit = ''] = /^(\d{1,9})([smhd])$/.exec(value) ?? wrong('every', '15m, 6h or 1d');
    return { kind, count: Number(count), unit: UNITS[unit] };
  }
  if (kind === 'daily') return { kind, at: value };
  if (kind === 'cron') return { kind, expression: value };
  if (kind === 'once') return { kind, at: value };
  const [, days = '', at] =
    /^([\w,]+)@([\d:]+)$/.exec(value) ?? wrong(kind, kind === 'weekly' ? 'mon,thu@02:30' : '1@02:30');
  if (kind === 'weekly') return { kind, weekdays: days.split(','), at };
  return { kind, day: days === 'last' ? 'last' : Number(days), at };
}

function missedFrom({ missed }: ScheduleOptions): object | undefined {
  if (missed === undefined) return undefined;
  const [, atMost] = /^all:(\d{1,6})$/.exec(missed) ?? [];
  return atMost === undefined ? { policy: missed } : { policy: 'all', atMost: Number(atMost) };
}

function jsonIn(text: string, option: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new CannotRun(`${option} is not JSON: ${(error as Error).message}`);
  }
}

function wrong(option: string, examples: string): never {
  throw new CannotRun(`--${option}: write ${examples}.`);
}
