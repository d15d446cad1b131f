import { noteFailureBehindTheEnd } from '#testing/report';
import { offTheBooks, outsideTests, realTime } from '#testing/runtime';
import { writeSync } from 'node:fs';
import { failTheProcess } from './late-failures.ts';

const PATIENCE_MS = 5_000;

/**
 * Ends a process that outlives its tests, and says what keeps it alive: an open server, socket, timer or child. Without
 * this a leak looks like a run that never ends. Costs nothing when the process ends by itself.
 */
export function endSurvivors(patienceMs = PATIENCE_MS): void {
  const end = (): void => {
    const all = process.getActiveResourcesInfo();
    const others = all.filter((resource) => !OWN.includes(resource));
    const what = [...new Set(others.length > 0 ? others : all)].join(', ');
    const error = `The tests have ended, but these keep the process alive: ${what}.`;
    writeSync(2, `\n${error}\n`);
    noteFailureBehindTheEnd({ title: 'after all tests', error });
    failTheProcess();
    process.exit();
  };
  outsideTests(() => offTheBooks(() => realTime.setTimeout(end, patienceMs))).unref();
}

/** What every process with a terminal or a pipe on its standard streams has. */
const OWN: readonly string[] = ['TTYWrap', 'PipeWrap', 'FSReqCallback'];
