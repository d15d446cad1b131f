const KILO = 1_024;

/** The most memory that this process has held so far (resident), in MB. */
export function peakMegabytes(): number {
  return process.resourceUsage().maxRSS / KILO;
}
