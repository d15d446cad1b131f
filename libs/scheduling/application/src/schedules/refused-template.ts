import type { JobRefused } from '#scheduling/contracts';
import type { JobTemplate, PlanUnreadable } from '#scheduling/domain';
import type { JobAdmission } from '../job-admission.ts';

/** The job of a schedule is not one that the queue would take. */
export type JobTemplateRefused = { readonly kind: 'JobTemplateRefused'; readonly reason: string };

/** Why a job that people ask for would not be taken, if it were submitted now; null when it would. */
export function refusedTemplate(admission: JobAdmission, job: JobTemplate): JobTemplateRefused | null {
  const admitted = admission.admitFromOutside(job);
  return admitted.ok ? null : { kind: 'JobTemplateRefused', reason: reasonOf(admitted.error) };
}

/** Likewise, after a look at what the job is about: not to be called in a transaction. */
export async function examinedTemplate(
  admission: JobAdmission,
  { job, signal }: { readonly job: JobTemplate; readonly signal: AbortSignal },
): Promise<JobTemplateRefused | null> {
  const admitted = await admission.examine(job, signal);
  return admitted.ok ? null : { kind: 'JobTemplateRefused', reason: reasonOf(admitted.error) };
}

/** Why the queue did not take a job, for people. */
export function reasonOf(refused: JobRefused | PlanUnreadable): string {
  switch (refused.kind) {
    case 'UnknownJobType':
      return `There are no jobs of type ${refused.type}: the known types are ${refused.known.join(', ')}.`;
    case 'InvalidJob':
      return `The job's ${refused.field} ${refused.problem}.`;
    case 'QueueFull':
      return `The queue is full: it takes ${refused.capacity} jobs.`;
    case 'PlanUnreadable':
      return `Its plan cannot be read any more: ${refused.problem}.`;
    case 'KeyReused':
      return `The key ${refused.key} belongs to another job, ${refused.id}.`;
  }
}
