import { relative, sep } from 'node:path';
import type { Rule } from 'eslint';

/** The path of the file being linted, from the root of the workspace and with forward slashes. */
export function fileOf(context: Rule.RuleContext): string {
  return relative(context.cwd, context.filename).replaceAll(sep, '/');
}
