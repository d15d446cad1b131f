import type { Command } from 'commander';
import { addBackupCommands } from './backup-commands.ts';
import { addDeviceCommands } from './device-commands.ts';
import { addJobCommands } from './job-commands.ts';
import { addScheduleCommands } from './schedule-commands.ts';
import type { Run } from './served.ts';
import { addWebhookCommands } from './webhook-commands.ts';

/** What people do with a service that runs. The code of a command is loaded when it is called. */
export function addServiceCommands(program: Command, run: Run): void {
  addDeviceCommands(program, run);
  addBackupCommands(program, run);
  addJobCommands(program, run);
  addScheduleCommands(program, run);
  addWebhookCommands(program, run);
}
