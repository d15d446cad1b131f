import { err, ok, type Result } from '#kernel';
import type { z } from 'zod';
import type { ConfigInvalid, ConfigProblem } from './config.errors.ts';
import { requiredInProduction, secretVariables, variables, type VariableName } from './variables.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export type Values = { readonly [Name in VariableName]: z.output<(typeof variables)[Name]> };

/** Reads and checks every variable; an empty one counts as not set. All that is wrong is told at once. */
export function readVariables(environment: Environment): Result<Values, ConfigInvalid> {
  const problems: ConfigProblem[] = unknownNames(environment);
  const values: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(variables)) {
    const text = environment[name] === '' ? undefined : environment[name];
    const read = schema.safeParse(text);
    if (read.success) values[name] = read.data;
    else problems.push({ variable: name, problem: `${shown(name, text)} is not valid: write ${schema.description}.` });
  }
  const environmentName = values['LOCKSTEP_ENV'] ?? nameByNode(environment);
  if (environmentName === 'production') problems.push(...missingInProduction(environment));
  if (problems.length > 0) return err({ kind: 'ConfigInvalid', problems });
  return ok({ ...values, LOCKSTEP_ENV: environmentName } as Values);
}

function nameByNode(environment: Environment): 'development' | 'production' {
  return environment['NODE_ENV'] === 'production' ? 'production' : 'development';
}

function missingInProduction(environment: Environment): ConfigProblem[] {
  return requiredInProduction
    .filter((name) => (environment[name] ?? '') === '')
    .map((variable) => ({
      variable,
      problem: `is required in production: write ${variables[variable].description?.split(';')[0]}.`,
    }));
}

/** Those of the test kit are inherited by what a test starts, and mean nothing to it. */
function unknownNames(environment: Environment): ConfigProblem[] {
  const known = Object.keys(variables);
  return Object.keys(environment)
    .filter((name) => name.startsWith('LOCKSTEP_') && !name.startsWith('LOCKSTEP_TEST_') && !known.includes(name))
    .map((variable) => ({ variable, problem: `is not known: write one of ${known.join(', ')}.` }));
}

function shown(name: string, text: string | undefined): string {
  return secretVariables.has(name) ? 'its value' : JSON.stringify(text);
}
