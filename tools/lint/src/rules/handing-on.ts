import type { Rule } from 'eslint';

type Switch = {
  readonly discriminant: Rule.Node & { readonly object?: { readonly name?: string }; readonly name?: string };
  readonly cases: readonly { readonly test: unknown; readonly consequent: readonly Rule.Node[] }[];
};

/**
 * An exhaustiveness rule that is content with a `default` handing on what it switches over: what is left has a type, so
 * a new case still has to compile in the function that takes it. A `default` with an answer of its own is none.
 */
export function handingOn(rule: Rule.RuleModule): Rule.RuleModule {
  return {
    ...rule,
    create(context) {
      const report = (descriptor: Rule.ReportDescriptor & { readonly node?: { parent?: unknown } }): void => {
        if (!handsOn(descriptor.node?.parent as Switch, context)) context.report(descriptor);
      };
      return rule.create(Object.create(context, { report: { value: report } }) as Rule.RuleContext);
    },
  };
}

function handsOn({ discriminant, cases }: Switch, context: Rule.RuleContext): boolean {
  const subject = discriminant.object?.name ?? discriminant.name;
  const otherwise = cases.find(({ test }) => test === null);
  return (
    otherwise?.consequent.some((node) => new RegExp(`\\b${subject}\\b`).test(context.sourceCode.getText(node))) ?? false
  );
}
