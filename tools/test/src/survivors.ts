const PATIENCE_MS = 5_000;

/**
 * Ends a process that outlives its tests, and says what keeps it alive: an open server, socket, timer or child. Without
 * this a leak looks like a run that never ends. Costs nothing when the process ends by itself.
 */
export function endSurvivors(onSurvival: (what: readonly string[]) => void, patience = PATIENCE_MS): void {
  const timer = setTimeout(() => {
    const others = process.getActiveResourcesInfo().filter((resource) => !OWN.includes(resource));
    onSurvival([...new Set(others)]);
    // Mocha sets the exit code in an exit listener of its own; the last one wins.
    process.once('exit', () => (process.exitCode = 1));
    process.exit();
  }, patience);
  timer.unref();
}

/** What every process with a terminal or a pipe on its standard streams has. */
const OWN: readonly string[] = ['TTYWrap', 'PipeWrap', 'FSReqCallback'];
