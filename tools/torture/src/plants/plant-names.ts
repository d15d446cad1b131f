/** Faults that a campaign has to find: each is what an existing queue or client has got wrong, by the name it is planted with. */
export const plantNames = [
  'completion-without-token',
  'effect-without-hold',
  'complete-before-effect',
  'rescue-by-age-only',
  'lease-is-heartbeat-period',
  'sweep-without-state-guard',
  'sweep-stops-at-unknown-type',
  'acknowledge-before-commit',
  'no-error-listener',
  'connection-not-released',
  'notices-dropped',
  'capacity-by-count',
  'tick-beside-its-job',
  'write-without-sync',
  'rename-without-sync',
  'sync-again-after-failure',
  'verify-by-size',
  'partial-is-success',
  'any-host-key',
] as const;

export type PlantName = (typeof plantNames)[number];

export function isPlantName(text: string): text is PlantName {
  return (plantNames as readonly string[]).includes(text);
}
