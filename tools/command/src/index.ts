export { commandArguments, usage } from './arguments.ts';
export { run, type Outcome } from './run.ts';
export { table } from './table.ts';
export { commandEnv, workspaceRoot } from './workspace.ts';
