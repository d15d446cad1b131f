import { inspect } from 'node:util';
import type { Taken } from './taken.ts';
import type { AskedSource } from './uncontrolled.ts';

/** Where two runs of the same order part. */
export function whereStepsPart(one: readonly Taken[], other: readonly Taken[]): string | undefined {
  for (let index = 0; index < Math.max(one.length, other.length); index += 1) {
    const [first, second] = [one[index], other[index]].map((step) => step && `${step.actor}: ${step.what}`);
    if (first !== second)
      return `Step ${index + 1} was ${first ?? 'none'} the first time, and ${second ?? 'none'} the second.`;
  }
  return undefined;
}

/** A value that went through a port, and was another one the second time. */
export type UnlikeValue = {
  /** In one line, with those of the sources that it may come from. */
  told(sources: readonly AskedSource[]): string;
};

/** The first value in which two runs of the same steps differ: what came later may follow from it. */
export function whereValuesPart(one: readonly Taken[], other: readonly Taken[]): UnlikeValue | undefined {
  for (const [index, step] of one.entries()) {
    const again = other[index];
    if (again === undefined) return undefined;
    if (shown(step.args) !== shown(again.args)) {
      return told(`what ${step.actor} gave to ${step.what}`, ({ within }) => within !== step.what);
    }
    if (shown(step.outcome) !== shown(again.outcome)) {
      return told(`what ${step.what} answered ${step.actor}`, ({ within }) => within === step.what);
    }
  }
  return undefined;
}

function told(what: string, isMeant: (source: AskedSource) => boolean): UnlikeValue {
  return {
    told: (sources) => {
      const meant = sources.filter(isMeant);
      const from = (meant.length > 0 ? meant : sources).join('; ');
      return `${what} was not the same the second time${from === '' ? '' : ` (${from})`}`;
    },
  };
}

/** Signals and functions are new each time, and the same all the same. */
function shown(value: unknown): string {
  return inspect(value, { depth: 6, breakLength: Infinity, compact: true, sorted: true })
    .replaceAll(/\[(Async)?Function[^\]]*\]/g, 'function')
    .replaceAll(/AbortSignal \{[^}]*\}/g, 'signal')
    .replaceAll(/\n\s+at .*/g, '');
}
