export type MigrationFile = { readonly path: string; readonly text: string };

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * The file of a new migration, to be written by the caller and filled in by hand.
 *
 * `name` is kebab-case and says what it does (`add-device-tags`); `context` is a folder of `libs`. Throws on others.
 */
export function newMigration({ context, name, now }: { context: string; name: string; now: Date }): MigrationFile {
  for (const part of [context, name]) {
    if (!NAME.test(part)) throw new Error(`"${part}" is not in kebab-case, such as add-device-tags.`);
  }
  const timestamp = now.getTime();
  const className = `${pascalCase(name)}${timestamp}`;
  return {
    path: `libs/${context}/infrastructure/src/migrations/${timestamp}-${name}.ts`,
    text: `import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ${className} implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(\`\`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(\`\`);
  }
}
`,
  };
}

function pascalCase(name: string): string {
  return name.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
