import type { Command } from 'commander';
import type { ScheduleOptions } from './schedule-options.ts';
import { paged, selecting, served, type Run } from './served.ts';

const actions = () => import('./actions/schedules.ts');

export function addScheduleCommands(program: Command, run: Run): void {
  const schedule = program.command('schedule').description('what is done at its times; <schedule> is a name or an id');
  addOnes(schedule, run);
  addAdding(schedule, run);

  paged(served(schedule.command('list'), 'list schedules by their names', 'schedule list --state paused'))
    .option('--state <state>', 'active or paused')
    .option('--job-type <type>', 'schedules that submit jobs of this type')
    .action((options: Record<string, unknown>) =>
      run(options, async (desk) => (await actions()).listSchedules(desk, options)),
    );

  served(schedule.command('next'), 'tell when a schedule runs next', 'schedule next nightly --count 5')
    .argument('<schedule>')
    .option('--count <times>', 'how many times; 10 when left out')
    .action((text: string, options: object) =>
      run(options, async (desk) => (await actions()).showNext(desk, text, options)),
    );
}

function addAdding(schedule: Command, run: Run): void {
  const description = 'back devices up at their times, or submit any other job';
  selecting(
    served(schedule.command('add'), description, 'schedule add nightly --daily 02:30 --zone Europe/Berlin --all'),
  )
    .argument('<name>')
    .option('--every <time>', 'such as 15m, 6h or 1d')
    .option('--daily <time>', 'such as 02:30')
    .option('--weekly <days@time>', 'such as mon,thu@02:30')
    .option('--monthly <day@time>', 'such as 1@02:30 or last@02:30')
    .option('--cron <expression>', 'minute, hour, day of the month, month, day of the week')
    .option('--once <instant>', 'such as 2027-01-31T02:30:00Z')
    .option('--zone <name>', 'a time zone, such as Europe/Berlin; UTC when left out')
    .option(
      '--missed <policy>',
      'times that went by during a downtime: skip, once, or all:<at most>; once when left out',
    )
    .option('--jitter <time>', 'be late by chance, by so much at most')
    .option('--all', 'every enabled device')
    .option('--job-type <type>', 'submit jobs of this type instead, such as store.verify')
    .option('--payload <json>', 'what those jobs are given')
    .option('--file <file>', 'all of it as JSON, as the API takes it; `-` is standard input')
    .action((name: string, options: ScheduleOptions) =>
      run(options, async (desk) => (await actions()).addSchedule(desk, name, options)),
    );
}

function addOnes(schedule: Command, run: Run): void {
  const ones = {
    show: 'show a schedule',
    pause: 'pause a schedule: what comes by meanwhile is left out',
    resume: 'resume a paused schedule',
    remove: 'remove a schedule; its jobs stay',
  } as const;
  for (const [name, description] of Object.entries(ones) as [keyof typeof ones, string][]) {
    served(schedule.command(name), description, `schedule ${name} nightly`)
      .argument('<schedule>')
      .action((text: string, options: object) =>
        run(options, async (desk) => (await actions())[`${name}Schedule`](desk, text)),
      );
  }
}
