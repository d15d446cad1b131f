import { describeConfigInvalid, processEnvironment, readConfig } from '#platform/config';
import { answerArguments, stopSignal } from '#platform/system';
import { composeWorker } from './composition-root.ts';
import { runWorker } from './run-worker.ts';

const HELP = `Usage: npm run start:worker

Runs jobs until it is told to stop. It takes no arguments: .env.example lists the variables that set it up.
`;

const answer = answerArguments(process.argv.slice(2), HELP);
if (answer !== null) {
  process[answer.exitCode === 0 ? 'stdout' : 'stderr'].write(answer.text);
  process.exit(answer.exitCode);
}

const stop = stopSignal();
const config = readConfig(processEnvironment());

if (!config.ok) fail(describeConfigInvalid(config.error));
const url = config.value.databaseUrl;
if (url === null) fail('The worker needs a database: set DATABASE_URL, or use `npm start`, which brings one.');

const { queue } = config.value;
try {
  const engine =
    queue.engine === 'bullmq'
      ? (await import('./bullmq-engine.ts')).bullMqEngine((queue.url ?? url).reveal())
      : undefined;
  await runWorker(composeWorker(config.value, url.reveal(), engine), {
    stop,
    ready: () => process.send?.({ type: 'ready' }),
  });
  // Not left to the event loop: a handler that did not end when it was asked to must not keep the process.
  process.exit(0);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}

function fail(problem: string): never {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
