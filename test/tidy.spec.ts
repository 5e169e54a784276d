/** The house rules, held over the source itself: who may import whom, what may be named where, how long things are. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '..');
const SKIP = new Set(['node_modules', 'dist', '.cache', '.git']);

interface Import {
  readonly from: string;
  readonly typeOnly: boolean;
}

interface Module {
  /** Path from the repo's root, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
  /** Targets of imports: paths from the root without extension, or package names. */
  readonly imports: readonly Import[];
}

function filesUnder(folder: string): string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((each) => {
    const path = folder === '.' ? each.name : `${folder}/${each.name}`;
    if (each.isDirectory()) return SKIP.has(each.name) ? [] : filesUnder(path);
    return each.isFile() ? [path] : [];
  });
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const named = clause.namedBindings;
  if (clause.name || !named || !ts.isNamedImports(named)) return false;
  return named.elements.length > 0 && named.elements.every((each) => each.isTypeOnly);
}

function targetOf(path: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  const target = relative(ROOT, resolve(ROOT, dirname(path), specifier)).replace(/\\/g, '/');
  return target.replace(/\.(tsx?|mjs|js)$/, '');
}

/** Calls `visit` for every node, with its parent set. */
function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

function importsOf(path: string, tree: ts.SourceFile): Import[] {
  const found: Import[] = [];
  walk(tree, (node) => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      found.push({ from: targetOf(path, node.moduleSpecifier.text), typeOnly: isTypeOnly(node.importClause) });
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      found.push({ from: targetOf(path, node.moduleSpecifier.text), typeOnly: node.isTypeOnly });
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [target] = node.arguments;
      if (target && ts.isStringLiteral(target)) found.push({ from: targetOf(path, target.text), typeOnly: false });
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      const { literal } = node.argument;
      if (ts.isStringLiteral(literal)) found.push({ from: targetOf(path, literal.text), typeOnly: true });
    }
  });
  return found;
}

function moduleAt(path: string): Module {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const kind = path.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true, kind);
  return { path, text, tree, imports: importsOf(path, tree) };
}

const modules = ['src', 'sidebar', 'local', 'test']
  .flatMap(filesUnder)
  .filter((path) => /\.tsx?$/.test(path))
  .map(moduleAt);
const under = (folder: string) => modules.filter(({ path }) => path.startsWith(`${folder}/`));
const src = under('src');
const core = src.filter(({ path }) => !path.startsWith('src/gas/'));

const lineAt = (module: Module, node: ts.Node) => module.tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;

/** `path:line` of every node that the test says is wrong. */
function offences(of: readonly Module[], wrong: (node: ts.Node, module: Module) => boolean): string[] {
  return of.flatMap((module) => {
    const found: string[] = [];
    walk(module.tree, (node) => {
      if (wrong(node, module)) found.push(`${module.path}:${lineAt(module, node)} ${node.getText().slice(0, 60)}`);
    });
    return found;
  });
}

type Reach = 'anything' | 'types' | 'nothing';

/** Which folders (or files) of src each folder may import. A list is `name` or `name (types)`. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  ports: ['domain (types)'],
  domain: ['domain'],
  http: ['http', 'domain', 'ports (types)'],
  connectors: ['connectors', 'http', 'domain', 'ports (types)'],
  sheet: ['sheet', 'domain', 'ports'],
  run: ['run', 'sheet', 'connectors (types)', 'http', 'domain', 'ports'],
  outbox: ['outbox', 'run', 'sheet', 'connectors (types)', 'http', 'domain', 'ports'],
  jobs: ['jobs', 'run', 'outbox', 'sheet', 'connectors', 'http', 'domain', 'ports'],
  api: ['api', 'jobs', 'run', 'outbox', 'sheet', 'connectors', 'http', 'domain', 'ports'],
  gas: ['gas', 'ports', 'domain'],
  app: ['app', 'run', 'connectors', 'outbox', 'sheet', 'connectors', 'http', 'domain', 'ports'],
  entrypoints: ['app', 'run', 'api', 'gas', 'jobs', 'outbox', 'sheet', 'connectors', 'http', 'domain', 'ports'],
};

/**
 * Packages that ride in the bundle, by the folder that may use them; what is not listed may use none. The domain's two are
 * pure functions of their arguments: they touch no global, clock or chance.
 */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  domain: ['mustache', '@noble/hashes'],
  http: ['valibot', 'papaparse', '@noble/hashes'],
  connectors: ['valibot', 'papaparse', '@noble/hashes'],
  sheet: ['valibot', 'papaparse', '@noble/hashes'],
  outbox: ['valibot', 'mustache', '@noble/hashes'],
  jobs: ['valibot', 'mustache', 'papaparse', '@noble/hashes'],
  api: ['valibot', 'mustache', 'papaparse', '@noble/hashes'],
  app: ['@noble/hashes'],
};

/** The resident's pages are drawn on the server: the entry points hand them to the router, and nothing else of src knows them. */
const PAGES_FROM_SIDEBAR = 'sidebar/resident/render';

const isLocal = (target: string) => /^(src|sidebar|local|test|tools|\.\.)\//.test(target);
/** `src/http/paging` -> `http`, `src/ports` -> `ports`. */
const layerOf = (path: string) => /^src\/([^/.]+)/.exec(path)?.[1] ?? '';
const packageName = (target: string) => /^(@[^/]+\/[^/]+|[^/]+)/.exec(target)?.[1] ?? target;

function reach(from: string, to: string): Reach {
  const allowed = LAYERS[from] ?? [];
  if (allowed.includes(to)) return 'anything';
  return allowed.includes(`${to} (types)`) ? 'types' : 'nothing';
}

function layerFault({ path, imports }: Module): string[] {
  const layer = layerOf(path);
  return imports.flatMap(({ from, typeOnly }) => {
    const complaint = `${path} imports ${from}`;
    if (!isLocal(from)) return PACKAGES[layer]?.includes(packageName(from)) ? [] : [complaint];
    if (from === PAGES_FROM_SIDEBAR) return layer === 'entrypoints' ? [] : [complaint];
    if (!from.startsWith('src/')) return [complaint];
    const may = reach(layer, layerOf(from));
    return may === 'anything' || (may === 'types' && typeOnly) ? [] : [complaint];
  });
}

describe('the source', () => {
  it('is really looked at', () => {
    expect(modules.length).toBeGreaterThan(10);
    expect(under('src/domain').length).toBeGreaterThan(2);
    expect(src.flatMap(({ imports }) => imports).length).toBeGreaterThan(5);
  });

  it('has a layer for every folder of src', () => {
    expect([...new Set(src.map(({ path }) => layerOf(path)))].filter((layer) => !(layer in LAYERS))).toEqual([]);
  });
});

describe('imports', () => {
  it('go only down the layers', () => {
    expect(src.flatMap(layerFault)).toEqual([]);
  });

  it('give a resident’s page one lease to read, and the whole book only to the acts that write', () => {
    const pages = under('src/api/resident');
    expect(pages.length).toBeGreaterThan(5);
    // Acts, what they share, and the return from a processor, which takes up what was agreed to there.
    const acting = /(-acts|\/acting|\/request-once|\/came-back)\.ts$/;
    const readers = pages.filter(({ path }) => !acting.test(path));
    const bad = readers.flatMap(({ path, imports }) =>
      imports
        .filter(({ from }) => /^src\/sheet\/(load|older-receipts|rows-of|commit)$/.test(from))
        .map(({ from }) => `${path} -> ${from}`),
    );
    expect(bad).toEqual([]);
    // What draws the page sees what was read, and not the reader.
    const drawing = pages.filter(({ path }) => /-view\.ts$|\/build\.ts$|\/show\.ts$/.test(path));
    const reading = drawing.flatMap(({ path, imports }) =>
      imports
        .filter(({ from }) => /resident\/(reader|places|found|acting|request-once|came-back|.*-acts)$/.test(from))
        .map(({ from }) => `${path} -> ${from}`),
    );
    expect(reading).toEqual([]);
  });

  it('never join one connector to another', () => {
    const shared = new Set(['connector', 'gateway', 'index', 'messages', 'mirror', 'roster', 'seen', 'told', 'wishes']);
    const platform = (path: string) => /^src\/connectors\/([^/.]+)/.exec(path)?.[1];
    const joined = under('src/connectors').flatMap(({ path, imports }) => {
      const own = platform(path);
      if (own === 'index') return [];
      const others = imports.filter(({ from }) => platform(from) && platform(from) !== own);
      return others
        .filter(({ from }) => !shared.has(platform(from) ?? '') || platform(from) === 'index')
        .map(({ from }) => `${path} -> ${from}`);
    });
    expect(joined).toEqual([]);
  });

  it('give the pages nothing of src but the types of api and the pure helpers', () => {
    const pure = new Set(
      [
        'domain/money',
        'domain/values',
        'domain/calendar',
        'domain/dates',
        'domain/charge-names',
        'api/rent-roll/csv',
      ].map((path) => `src/${path}`),
    );
    const bad = under('sidebar').flatMap(({ path, imports }) =>
      imports
        .filter(({ from }) => /^(src|local|test)\//.test(from))
        .filter(({ from, typeOnly }) => !pure.has(from) && !(typeOnly && from.startsWith('src/api/')))
        .map(({ from }) => `${path} -> ${from}`),
    );
    expect(bad).toEqual([]);
  });

  it.each(['local/vendors', 'local/host'])('keep %s apart from our reading of the vendors', (folder) => {
    const bad = under(folder).filter(({ imports }) => imports.some(({ from }) => /^(src|sidebar|test)\//.test(from)));
    expect(bad.map(({ path }) => path)).toEqual([]);
    expect(under(folder).length).toBeGreaterThan(0);
  });
});

const GOOGLE = new Set(
  (
    'SpreadsheetApp Sheets Gmail GmailApp MailApp UrlFetchApp PropertiesService CacheService LockService ScriptApp ' +
    'HtmlService ContentService Utilities Session Logger DriveApp CalendarApp CardService Charts'
  ).split(' '),
);

/** Names that a file itself binds, wherever; our own type `Session` is not Google's. */
function boundIn({ tree }: Module): Set<string> {
  const names = new Set<string>();
  walk(tree, (node) => {
    const name = (node as { readonly name?: ts.Node }).name;
    const binds = ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node);
    const declares = ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isClassDeclaration(node);
    const imports = ts.isImportSpecifier(node) || ts.isImportClause(node) || ts.isNamespaceImport(node);
    if (!(binds || declares || imports || ts.isFunctionDeclaration(node))) return;
    if (name && ts.isIdentifier(name) && !isAmbient(node)) names.add(name.text);
  });
  return names;
}

/** `declare const X` binds nothing: it claims a global. */
function isAmbient(node: ts.Node): boolean {
  const statement = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  return (
    ts.canHaveModifiers(statement) &&
    !!ts.getModifiers(statement)?.some((each) => each.kind === ts.SyntaxKind.DeclareKeyword)
  );
}

/** True for an identifier that stands for a value or type of its own, not for a property's name. */
function isReference(node: ts.Node): node is ts.Identifier {
  if (!ts.isIdentifier(node)) return false;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  const named = (parent as { readonly name?: ts.Node }).name === node;
  return !(
    named &&
    (ts.isPropertyAssignment(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isMethodSignature(parent) ||
      ts.isEnumMember(parent))
  );
}

const bound = new Map(modules.map((module) => [module.path, boundIn(module)]));
const names = (node: ts.Node, module: Module, set: ReadonlySet<string>) =>
  isReference(node) && set.has(node.text) && !bound.get(module.path)?.has(node.text);

const isCallOf = (node: ts.Node, text: string) => ts.isPropertyAccessExpression(node) && node.getText() === text;

function isAmbientInput(node: ts.Node, module: Module): boolean {
  if (isCallOf(node, 'Date.now') || isCallOf(node, 'Math.random')) return true;
  const dateOfNow = ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length;
  const dateCall = ts.isCallExpression(node) && node.expression.getText() === 'Date';
  return dateOfNow || dateCall || names(node, module, new Set(['console']));
}

describe('the core', () => {
  it('names no Apps Script global outside src/gas', () => {
    expect(offences(core, (node, module) => names(node, module, GOOGLE))).toEqual([]);
  });

  it('takes time, chance and the log as arguments', () => {
    expect(offences(core, isAmbientInput)).toEqual([]);
  });

  it('exports by name only', () => {
    const isDefault = (node: ts.Node) => ts.isExportAssignment(node) || node.kind === ts.SyntaxKind.DefaultKeyword;
    const isExport = (node: ts.Node) => isDefault(node) && !ts.isDefaultClause(node.parent);
    expect(offences([...src, ...under('sidebar')], isExport)).toEqual([]);
  });

  it('has no any', () => {
    expect(offences([...src, ...under('sidebar')], (node) => node.kind === ts.SyntaxKind.AnyKeyword)).toEqual([]);
  });
});

/** Files whose length is data, each with its reason. */
const LONG: Readonly<Record<string, string>> = {
  'src/sheet/schema.ts': 'one table of all tabs and columns: data, read by looking things up',
};
const isData = (path: string) =>
  /(^|\/)(templates?|data|fixtures|cases)(\/|\.|-)/.test(path) || /-(data|facts)\.ts$/.test(path);

/** Stories and sample files of tests are text that diffs well only as whole lines. */
const widest = (path: string): number => (path.startsWith('test/') ? 260 : 140);

describe('files', () => {
  const own = ['src', 'sidebar', 'local', 'test', 'tools', '.ci', 'docs', '.']
    .flatMap((folder) =>
      folder === '.'
        ? readdirSync(ROOT, { withFileTypes: true })
            .filter((each) => each.isFile())
            .map((each) => each.name)
        : filesUnder(folder),
    )
    .filter((path) => /\.(tsx?|mjs|css|html|md|json)$|^\.ci\/run$/.test(path) && path !== 'package-lock.json');
  const code = own.filter((path) => /\.(tsx?|mjs|css)$/.test(path));
  const linesOf = (path: string) => readFileSync(join(ROOT, path), 'utf8').split('\n');

  it('stay short enough to be read in one go', () => {
    const ours = code.filter((path) => /^(src|local)\/.*\.tsx?$/.test(path));
    const long = ours.filter((path) => !isData(path) && !(path in LONG));
    expect(long.filter((path) => linesOf(path).length > 401).map((path) => `${path}: ${linesOf(path).length}`)).toEqual(
      [],
    );
  });

  it('have no line that runs off the screen', () => {
    const wide = code
      .filter((path) => !isData(path))
      .flatMap((path) =>
        linesOf(path).flatMap((line, index) =>
          line.length > widest(path) ? [`${path}:${index + 1} has ${line.length}`] : [],
        ),
      );
    expect(wide).toEqual([]);
  });

  it.each([
    [
      'an open promise',
      new RegExp(`\\b(${['TO', 'FIX'].map((each, index) => each + ['DO', 'ME'][index]).join('|')})\\b`),
    ],
    ["a path of somebody's machine", /(?<![\w.:/-])(?:\/(?:home|root|work|Users)\/[\w.-]+|[A-Z]:\\Users\\)/],
    ['a focused test', /\b(?:it|test|describe)\.only\b\(/],
  ])('hold nowhere %s', (_what, pattern) => {
    const found = own.flatMap((path) =>
      linesOf(path).flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : [])),
    );
    expect(found).toEqual([]);
    expect(own.length).toBeGreaterThan(20);
  });

  it('open with a sentence that says what they are', () => {
    const silent = modules.filter(({ path, text }) => /^(src|local|sidebar)\//.test(path) && !/^\/\*\*/.test(text));
    expect(silent.map(({ path }) => path)).toEqual([]);
  });
});

describe('the lock file', () => {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly resolved?: string; readonly integrity?: string }>>;
  };
  const locked = Object.entries(lock.packages).filter(([path]) => path !== '');

  it('names no registry, so that everybody installs from their own', () => {
    expect(locked.length).toBeGreaterThan(20);
    expect(locked.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
  });
});
