import type { Linter, Rule } from 'eslint';
import { builtinRules } from 'eslint/use-at-your-own-risk';
import { plugin } from 'typescript-eslint';
import { handingOn } from './rules/handing-on.ts';
import { reworded } from './rules/reworded.ts';

const LONGEST_FILE = 250;

const { rules: typed } = plugin as unknown as { readonly rules: Readonly<Record<string, Rule.RuleModule>> };
const promise = 'Await it, return it, or hand it to something that owns it (a scope, a task group).';

/** The rules of typescript-eslint that are used, each with a message that says what to do instead. */
export const typedRules: Readonly<Record<string, Rule.RuleModule>> = {
  'await-thenable': reworded(typed['await-thenable'], {
    await: 'What is awaited here is no promise. Drop the await, or call what you meant to call.',
    awaitUsingOfNonAsyncDisposable:
      'What is held here is disposed synchronously. Say `using` instead of `await using`.',
    forAwaitOfNonAsyncIterable: 'This iterates without waiting. Say `for … of` instead of `for await … of`.',
  }),
  'ban-ts-comment': reworded(typed['ban-ts-comment'], {
    tsIgnoreInsteadOfExpectError: '"@ts-ignore" silences the compiler. Say what the type is, or narrow an unknown.',
    tsDirectiveComment: '"@ts-{{directive}}" silences the compiler. Say what the type is, or narrow an unknown.',
  }),
  'consistent-type-imports': reworded(typed['consistent-type-imports'], {
    noImportTypeAnnotations: 'Write `import type { T } from …` at the top instead of import() inside a type.',
    someImportsAreOnlyTypes: 'Write `type` before {{typeImports}}: types do not exist at run time.',
  }),
  'no-explicit-any': reworded(typed['no-explicit-any'], {
    unexpectedAny: '"any" turns the compiler off. Say `unknown` and narrow it, or name the type.',
  }),
  'no-floating-promises': reworded(typed['no-floating-promises'], {
    floating: `Nobody waits for this promise, so nobody learns that it failed. ${promise}`,
    floatingVoid: `Nobody waits for this promise, so nobody learns that it failed. ${promise}`,
  }),
  'no-misused-promises': reworded(typed['no-misused-promises'], {
    conditional: 'A promise is always true. Await it first.',
    voidReturnArgument: `The one who calls this function drops the promise it returns. ${promise}`,
  }),
  'return-await': reworded(typed['return-await'], {
    requiredPromiseAwait: 'Write `return await`: without it, the catch, finally or disposal around it comes too early.',
  }),
  'switch-exhaustiveness-check': handingOn(
    reworded(typed['switch-exhaustiveness-check'], {
      switchIsNotExhaustive:
        'This switch forgets {{missingBranches}}. Add the case and end with `default: assertNever(x)`, or hand x on to what knows the rest.',
    }),
  ),
};

/** The same for ESLint's own. */
export const plainRules: Readonly<Record<string, Rule.RuleModule>> = {
  eqeqeq: reworded(builtinRules.get('eqeqeq'), {
    unexpected: "Say '{{expectedOperator}}' instead of '{{actualOperator}}', which compares after converting.",
  }),
  'max-lines': reworded(builtinRules.get('max-lines'), {
    exceed: 'This file has {{actual}} lines, and {{max}} is the end. Split it by thought: one main export a file.',
  }),
  'no-empty': reworded(builtinRules.get('no-empty'), {
    unexpected: 'This {{type}} statement swallows what happens. Handle it, or let it pass on to the caller.',
  }),
  'no-export-all': {
    meta: {
      type: 'problem',
      schema: [],
      messages: { all: 'Export each name: an index is a list that a reader can search, `export *` is not.' },
    },
    create: (context) => ({ ExportAllDeclaration: (node) => context.report({ node, messageId: 'all' }) }),
  },
};

export const languageSettings: Linter.RulesRecord = {
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true }],
  '@typescript-eslint/consistent-type-imports': 'error',
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: false }],
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
  '@typescript-eslint/switch-exhaustiveness-check': 'error',
  'lockstep/eqeqeq': ['error', 'always', { null: 'ignore' }],
  'lockstep/max-lines': ['error', LONGEST_FILE],
  'lockstep/no-empty': 'error',
  'lockstep/no-export-all': 'error',
};
