import { spoken } from './certificate.ts';
import type { Exploration } from './exploration.ts';

/** What an exploration has found, as plain data. */
export function reportOf(
  { certificate, failure, uncontrolled, hasContended, runs }: Exploration,
  { id, title }: { readonly id: string; readonly title: string },
  milliseconds: number,
): object {
  return {
    title,
    certificate: { ...certificate, spoken: spoken(certificate) },
    failure: failure && {
      token: `${id}.${failure.token}`,
      error: String(failure.error),
      switches: failure.switches,
      isSmallest: failure.isSmallest,
      steps: failure.steps.map(({ actor, what, site, outcome }) => ({
        actor,
        what,
        at: site && String(site),
        outcome: outcome?.kind,
      })),
      waits: failure.waits,
    },
    uncontrolled,
    hasContended,
    runs,
    milliseconds: Math.round(milliseconds),
  };
}
