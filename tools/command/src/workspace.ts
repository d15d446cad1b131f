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
    // Also the tools themselves are compiled once.
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? join(workspaceRoot, 'node_modules/.cache/node-compile'),
    PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
    NX_DAEMON: 'false',
    NX_ISOLATE_PLUGINS: 'false',
    NX_TUI: 'false',
  };
}
