import type { Command } from 'commander';
import { waiting } from './job-commands.ts';
import { paged, selecting, served, type Run, type Selecting } from './served.ts';

type Options = Readonly<Record<string, unknown>>;

const VERSION = 'the id of a version, a device for its latest one, or device@number';
const actions = () => import('./actions/backups.ts');

export function addBackupCommands(program: Command, run: Run): void {
  const backup = program.command('backup').description('configurations: collect them, compare them, bring them back');
  addRuns(backup, run);
  addLists(backup, run);
  addTexts(backup, run);
}

function addRuns(backup: Command, run: Run): void {
  const description = 'back devices up: those that are named, all of them or none, or those that are selected';
  waiting(selecting(served(backup.command('run'), description, 'backup run core-1 core-2 --wait --deadline 5m')))
    .argument('[devices...]', 'names or ids')
    .option('--all', 'every enabled device')
    .action((names: string[], options: Selecting) =>
      run(options, async (desk) => (await import('./actions/run-backups.ts')).runBackups(desk, names, options)),
    );

  const verify = 'compare what is stored with the versions; with --wait, 1 when something is damaged';
  waiting(served(backup.command('verify'), verify, 'backup verify --mode structure --wait'))
    .option('--mode <mode>', 'structure: whether contents are there; bytes: every byte of them')
    .option('--of <parts>', 'in how many parts the store is gone through')
    .option('--part <part>', 'which of them; the next one when left out')
    .action((options: Options) => run(options, async (desk) => (await actions()).verifyStore(desk, options)));
}

function addLists(backup: Command, run: Run): void {
  paged(served(backup.command('list'), 'list the versions of a device, the newest first', 'backup list core-1'))
    .argument('<device>')
    .action((device: string, options: Options) =>
      run(options, async (desk) => (await actions()).listVersions(desk, device, options)),
    );

  paged(served(backup.command('status'), 'list how the backups of devices are going', 'backup status --state failing'))
    .option('--state <state>', 'never, current, stale or failing')
    .action((options: Options) => run(options, async (desk) => (await actions()).listStatuses(desk, options)));
}

function addTexts(backup: Command, run: Run): void {
  served(
    backup.command('diff'),
    'show what changed since the version before, or another one, without secrets',
    'backup diff core-1@7 --against core-1@3',
  )
    .argument('<version>', VERSION)
    .option('--against <version>', 'another version of the device')
    .option('--original', 'with secrets, and also where nothing but secrets has changed')
    .action((version: string, options: object) =>
      run(options, async (desk) => (await actions()).diffVersions(desk, version, options)),
    );

  served(
    backup.command('restore'),
    'print the text that brings a configuration back, for a session of the device; it has the secrets',
    'backup restore core-1@7 --output core-1.txt',
  )
    .argument('<version>', VERSION)
    .option('--view <view>', 'restore, original (every byte as it was collected) or redacted', 'restore')
    .option('--output <file>', 'write it to a file, which only its owner may read')
    .option('--force', 'replace the file when it is there')
    .action((version: string, options: { view: string }) =>
      run(options, async (desk) => (await actions()).restoreVersion(desk, version, options)),
    );
}
