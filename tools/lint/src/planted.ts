import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { ESLint } from 'eslint';
import ts from 'typescript';

const plantedFolder = join(import.meta.dirname, '../planted');

export type Report = { readonly line: number; readonly rule: string; readonly message: string };

/** A file with violations. `standsAt` is the path it is linted as. */
export type Planted = { readonly standsAt: string; readonly text: string; readonly expected: readonly Report[] };

export function readPlanted(): readonly Planted[] {
  return globSync('**/*.ts', { cwd: plantedFolder }).map((file) => {
    const text = readFileSync(join(plantedFolder, file), 'utf8');
    return { standsAt: file.replaceAll(sep, '/'), text, expected: expectedReports(text) };
  });
}

function expectedReports(text: string): readonly Report[] {
  return text.split('\n').flatMap((line, index) =>
    [...line.matchAll(/\/\/ ✗ (?<rule>\S+): (?<message>.+?)(?= \/\/ ✗|$)/g)].map(({ groups }) => ({
      line: index + 1,
      rule: groups?.['rule'] ?? '',
      message: groups?.['message'] ?? '',
    })),
  );
}

/** Lints planted files with the workspace's own configuration, each where it claims to stand. */
export function lintAs(planted: readonly Planted[], root: string): (file: Planted) => Promise<readonly Report[]> {
  const parserOptions = { project: null, programs: [programWith(planted, root)] };
  const eslint = new ESLint({ cwd: root, overrideConfig: { languageOptions: { parserOptions } } });
  return async ({ standsAt, text }) => {
    const [result] = await eslint.lintText(text, { filePath: join(root, standsAt) });
    return (result?.messages ?? []).map(({ line, ruleId, message }) => ({ line, rule: ruleId ?? 'none', message }));
  };
}

/** A program in which the planted files stand where they claim to, so that rules about types see them there. */
function programWith(planted: readonly Planted[], root: string): ts.Program {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, { ...ts.sys, readDirectory: () => [] }, root);
  const texts = new Map(planted.map(({ standsAt, text }) => [join(root, standsAt), text]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.readFile = (file) => texts.get(file) ?? readFile(file);
  return ts.createProgram([...texts.keys()], options, host);
}
