import { commandArguments, run, usage } from '#tools/command';
import { check, summary, type Voice } from './check.ts';
import { steps } from './steps.ts';

const help = `Checks everything about the workspace that is not a test of its behaviour.

  npm run check                    all of it
  npm run check -- lint types      some of it
  npm run check -- --json          [{ check, ok, milliseconds, output }] and nothing else

${steps.map(({ name, proves }) => `  ${name.padEnd(12)} ${proves}`).join('\n')}`;

const silent: Voice = { say: () => {}, underWay: () => {} };
const inLog: Voice = { say: (line) => console.log(line), underWay: () => {} };
const onTerminal: Voice = {
  say: (line) => console.log(`\r\u001B[K${line}`),
  underWay: (line) => process.stdout.write(`\r\u001B[K${line}`),
};

const { values, positionals } = commandArguments(help, { json: { type: 'boolean', default: false } });
const unknown = positionals.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) usage(help, `There is no check called ${unknown.join(', ')}.`);

process.exitCode = await main();

async function main(): Promise<number> {
  const chosen = steps.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const verdicts = await check(chosen, run, values.json ? silent : process.stdout.isTTY ? onTerminal : inLog);

  const report = verdicts.map(({ step, ok, milliseconds, output }) => ({ check: step.name, ok, milliseconds, output }));
  console.log(values.json ? JSON.stringify(report, null, 2) : `\n${summary(verdicts).join('\n')}`);
  return verdicts.every(({ ok }) => ok) ? 0 : 1;
}
