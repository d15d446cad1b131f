import { inspect } from 'node:util';
import type { FailedOrder } from './exploration.ts';
import type { Taken } from './taken.ts';
import { TIME } from './step.ts';

const LONGEST_VALUE = 40;

/** What a person reads of an order that fails: who did what, in which order, where in the code, and how to see it again. */
export function failureText(failed: FailedOrder, replay: string): string {
  const { steps, switches, isSmallest, waits } = failed;
  const size = `${steps.length} steps, ${switches} ${switches === 1 ? 'switch' : 'switches'}`;
  return [
    `Fails in this order (${size}${isSmallest ? '; none with fewer switches does' : ''}):`,
    ...table(steps),
    ...(waits.length > 0 ? ['In the database:', ...waits.map((wait) => `  ${wait}`)] : []),
    `Again: ${replay}`,
    'As a picture (Mermaid):',
    ...mermaid(steps).map((line) => `  ${line}`),
  ].join('\n');
}

export function table(steps: readonly Taken[]): readonly string[] {
  const actors = widest(steps.map(({ actor }) => actor));
  const whats = widest(steps.map(told));
  return steps.map((step, index) => {
    const number = String(index + 1).padStart(String(steps.length).length);
    const place = step.site === undefined ? '' : `  at ${String(step.site)}`;
    return `  ${number}  ${step.actor.padEnd(actors)}  ${told(step).padEnd(whats)}${place}`.trimEnd();
  });
}

/** Such as `Counter.write(1)`, with what came of it. */
function told({ what, args, outcome }: Taken): string {
  const given = args.filter((arg) => !(arg instanceof AbortSignal) && typeof arg !== 'function').map(short);
  const call = given.length > 0 ? `${what}(${given.join(', ')})` : what;
  if (outcome?.kind === 'answered' && outcome.value !== undefined) return `${call} -> ${short(outcome.value)}`;
  return outcome?.kind === 'failed' ? `${call} failed: ${reason(outcome.value)}` : call;
}

function called({ what, outcome }: Taken): string {
  return outcome?.kind === 'failed' ? `${what} failed: ${reason(outcome.value)}` : what;
}

function reason(value: unknown): string {
  return value instanceof Error ? (value.message.split('\n')[0] ?? '') : String(value);
}

function short(value: unknown): string {
  const text = inspect(value, { depth: 1, breakLength: Infinity, compact: true })
    .replaceAll(/AbortSignal \{[^}]*\}/g, 'signal')
    .replaceAll(/\s+/g, ' ');
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}

/** A sequence diagram of Mermaid: actors on the left, ports on the right. */
export function mermaid(steps: readonly Taken[]): readonly string[] {
  const actors = unique(steps.map(({ actor }) => actor).filter((actor) => actor !== TIME));
  const ports = unique(steps.filter(({ actor, what }) => actor !== TIME && what.includes('.')).map(portOf));
  return [
    'sequenceDiagram',
    ...actors.map((actor, index) => `  actor a${index} as ${clean(actor)}`),
    ...ports.map((port, index) => `  participant p${index} as ${clean(port)}`),
    ...steps.map((step) => {
      const actor = `a${actors.indexOf(step.actor)}`;
      if (step.actor === TIME)
        return `  note over ${['a0', ...(actors.length > 1 ? [`a${actors.length - 1}`] : [])].join(',')}: ${clean(step.what)}`;
      const port = ports.indexOf(portOf(step));
      return port === -1
        ? `  note over ${actor}: ${clean(step.what)}`
        : `  ${actor}->>p${port}: ${clean(called(step).slice(portOf(step).length + 1))}`;
    }),
  ];
}

function portOf({ what }: Taken): string {
  return what.slice(0, what.indexOf('.'));
}

function clean(text: string): string {
  return text.replaceAll(/[;#\n]/g, ' ');
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(({ length }) => length));
}
