import { delimiter, join } from 'node:path';

export const workspaceRoot = join(import.meta.dirname, '../../..');

/**
 * The environment every command of the workspace runs in: its own Node and tools first, whatever the machine has, and
 * no background process that outlives the command.
 */
export function commandEnv(): NodeJS.ProcessEnv {
  const bin = join(workspaceRoot, 'node_modules/.bin');
  return {
    ...process.env,
    PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
    NX_DAEMON: 'false',
    NX_ISOLATE_PLUGINS: 'false',
    NX_TUI: 'false',
  };
}
