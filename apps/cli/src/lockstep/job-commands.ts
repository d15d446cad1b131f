import type { Command } from 'commander';
import { paged, served, type Run } from './served.ts';

type Options = Readonly<Record<string, string | undefined>>;

export function addJobCommands(program: Command, run: Run): void {
  const job = program.command('job').description('what workers do: backups and all other work');
  const actions = () => import('./actions/jobs.ts');

  paged(served(job.command('list'), 'list jobs, the newest first', 'job list --state failed --type backup.run'))
    .option('--state <state>', 'queued, running, succeeded, failed or cancelled')
    .option('--type <type>', 'such as backup.run')
    .option('--text <part>', 'jobs whose latest failure contains this')
    .option('--sort <order>', 'submittedAt, dueAt or priority, with a minus from the highest down')
    .action((options: Options) => run(options, async (desk) => (await actions()).listJobs(desk, options)));

  served(job.command('show'), 'show a job', 'job show 0198c0de-7e57-7000-8000-000000000001')
    .argument('<id>')
    .action((id: string, options: object) => run(options, async (desk) => (await actions()).showJob(desk, id)));

  paged(
    served(
      job.command('history'),
      'show what has happened to a job',
      'job history 0198c0de-7e57-7000-8000-000000000001',
    ),
  )
    .argument('<id>')
    .action((id: string, options: Options) =>
      run(options, async (desk) => (await actions()).showHistory(desk, id, options)),
    );

  served(
    job.command('cancel'),
    'cancel a job: one that waits ends at once, one that runs is asked to',
    'job cancel 0198c0de-7e57-7000-8000-000000000001 --reason "maintenance at noon"',
  )
    .argument('<id>')
    .option('--reason <text>', 'kept in its history')
    .action((id: string, options: Options) =>
      run(options, async (desk) => (await actions()).cancelJob(desk, id, options)),
    );

  waiting(
    served(
      job.command('retry'),
      'do a job again that has failed or was cancelled',
      'job retry 0198c0de-7e57-7000-8000-000000000001 --wait',
    ),
  )
    .argument('<id>')
    .option('--attempts <count>', 'how often at most; 3 when left out')
    .action((id: string, options: object) =>
      run(options, async (desk) => (await actions()).retryJob(desk, id, options)),
    );

  served(
    job.command('wait'),
    'wait until a job has ended; 1 unless it has succeeded',
    'job wait 0198c0de-7e57-7000-8000-000000000001 --deadline 10m',
  )
    .argument('<id>')
    .option('--deadline <time>', 'wait no longer than this, such as 90s or 15m; the job goes on')
    .action((id: string, options: object) =>
      run(options, async (desk) => (await actions()).waitForJob(desk, id, options)),
    );
}

/** For commands that make jobs. */
export function waiting(command: Command): Command {
  return command
    .option(
      '--wait',
      'wait for the end, and show how it goes; 1 unless all has gone well. Ctrl-C ends only the waiting',
    )
    .option('--deadline <time>', 'wait no longer than this, such as 90s or 15m; what was begun goes on');
}
