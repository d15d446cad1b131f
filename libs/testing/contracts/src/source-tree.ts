import ts from 'typescript';

/** Texts by path. Paths are absolute, with `/` between their parts. */
export type Sources = ReadonlyMap<string, string>;

export type Declaration = ts.ClassDeclaration | ts.FunctionDeclaration | ts.VariableDeclaration;

/** What a name stands for, wherever it was imported and passed on. The same thing is the same `node`. */
export type Meaning = { readonly path: string; readonly node: Declaration };

const options: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
};

/**
 * Source files that are parsed when somebody looks at them, and the names in them: followed through relative imports, the
 * `imports` of a package.json and re-exports, up to a declaration at the top of a file. No types are checked.
 */
export class SourceTree {
  readonly #sources: Sources;
  readonly #parsed = new Map<string, ts.SourceFile>();
  readonly #folders = new Set<string>();
  readonly #host: ts.ModuleResolutionHost;
  readonly #resolved = ts.createModuleResolutionCache('/', (name) => name, options);

  constructor(sources: Sources) {
    this.#sources = sources;
    for (const path of sources.keys()) this.#addFolders(path);
    this.#host = {
      fileExists: (path) => sources.has(path),
      readFile: (path) => sources.get(path),
      directoryExists: (path) => this.#folders.has(path),
    };
  }

  /** The parsed files whose text has something that the pattern finds. */
  *matching(pattern: RegExp): Generator<ts.SourceFile> {
    for (const [path, text] of this.#sources) if (path.endsWith('.ts') && pattern.test(text)) yield this.#parse(path);
  }

  /** What `name` stands for in a file; undefined for what comes from a package or is declared further inside. */
  meaningOf(name: string, path: string): Meaning | undefined {
    const file = this.#parse(path);
    const node = declared(file, name);
    if (node !== undefined) return { path, node };
    for (const statement of file.statements) {
      if (!ts.isImportDeclaration(statement)) continue;
      const bindings = statement.importClause?.namedBindings;
      const specifier =
        bindings && ts.isNamedImports(bindings) ? bindings.elements.find((one) => one.name.text === name) : undefined;
      if (specifier === undefined) continue;
      return this.#exported((specifier.propertyName ?? specifier.name).text, this.#target(statement, path));
    }
    return undefined;
  }

  #exported(name: string, path: string | undefined): Meaning | undefined {
    if (path === undefined) return undefined;
    const file = this.#parse(path);
    const node = declared(file, name);
    if (node !== undefined) return { path, node };
    for (const statement of file.statements) {
      if (!ts.isExportDeclaration(statement)) continue;
      const { exportClause, moduleSpecifier } = statement;
      if (exportClause === undefined) {
        const meaning = this.#exported(name, this.#target(statement, path));
        if (meaning !== undefined) return meaning;
      } else if (ts.isNamedExports(exportClause)) {
        const specifier = exportClause.elements.find((one) => one.name.text === name);
        if (specifier === undefined) continue;
        const original = (specifier.propertyName ?? specifier.name).text;
        if (moduleSpecifier === undefined) return this.meaningOf(original, path);
        return this.#exported(original, this.#target(statement, path));
      }
    }
    return undefined;
  }

  #target({ moduleSpecifier }: ts.ImportDeclaration | ts.ExportDeclaration, from: string): string | undefined {
    if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) return undefined;
    const { resolvedModule } = ts.resolveModuleName(moduleSpecifier.text, from, options, this.#host, this.#resolved);
    return resolvedModule?.resolvedFileName;
  }

  #parse(path: string): ts.SourceFile {
    const known = this.#parsed.get(path);
    if (known !== undefined) return known;
    const file = ts.createSourceFile(path, this.#sources.get(path) ?? '', ts.ScriptTarget.Latest, true);
    this.#parsed.set(path, file);
    return file;
  }

  #addFolders(path: string): void {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      this.#folders.add(path.slice(0, end));
    }
  }
}

function declared(file: ts.SourceFile, name: string): Declaration | undefined {
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement)) {
      const found = statement.declarationList.declarations.find((one) => one.name.getText(file) === name);
      if (found !== undefined) return found;
    } else if (ts.isClassDeclaration(statement) || ts.isFunctionDeclaration(statement)) {
      if (statement.name?.text === name) return statement;
    }
  }
  return undefined;
}
