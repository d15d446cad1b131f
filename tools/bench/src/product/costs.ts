const KILO = 1_024;
const MICRO = 1_000;

/** What a process has used so far: the most memory it has held (resident), in MB, and time of processors, in milliseconds. */
export type Costs = { readonly kind: 'costs'; readonly peakMb: number; readonly cpuMs: number };

export function ownCosts(): Costs {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  return { kind: 'costs', peakMb: maxRSS / KILO, cpuMs: (userCPUTime + systemCPUTime) / MICRO };
}
