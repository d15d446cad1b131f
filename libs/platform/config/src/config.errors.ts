export type ConfigProblem = { readonly variable: string; readonly problem: string };

export type ConfigInvalid = { readonly kind: 'ConfigInvalid'; readonly problems: readonly ConfigProblem[] };

/** All problems for a person to read, one line each. */
export function describeConfigInvalid({ problems }: ConfigInvalid): string {
  const lines = problems.map(({ variable, problem }) => `  ${variable}: ${problem}`);
  return ['The configuration is not valid:', ...lines].join('\n');
}
