/** The bundle that is pushed to Google: it builds the same twice, loads in a bare context, and bad ones are refused. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { type FunctionDeclaration, parse } from 'acorn';

const ROOT = join(__dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'rent-ledger-bundle-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly ok: boolean;
  readonly output: string;
}

const node = (...args: readonly string[]) =>
  new Promise<Outcome>((done) => {
    execFile(process.execPath, args, { cwd: ROOT }, (error, stdout, stderr) => {
      done({ ok: error === null, output: stdout + stderr });
    });
  });

/** A folder of the given files below the test's own. */
function lay(name: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name, path)), { recursive: true });
    writeFileSync(join(folder, name, path), text);
  }
  return join(folder, name);
}

const digests = (of: string) =>
  readdirSync(of)
    .sort()
    .map(
      (name) =>
        `${name} ${createHash('sha256')
          .update(readFileSync(join(of, name)))
          .digest('hex')}`,
    );

describe('the built add-on', () => {
  const [first, second] = [join(folder, 'first'), join(folder, 'second')];
  const read = (name: string) => readFileSync(join(first, name), 'utf8');
  let outcomes: readonly Outcome[] = [];

  beforeAll(async () => {
    const builds = [first, second].map((out) => node('esbuild.config.mjs', '--out', out));
    outcomes = await Promise.all(builds);
  }, 60_000);

  const stubs = () => {
    const { body } = parse(read('Code.js'), { ecmaVersion: 2020 });
    return body.filter((each): each is FunctionDeclaration => each.type === 'FunctionDeclaration');
  };

  it('passes every check: no name that Apps Script lacks, small enough, all entry points there', () => {
    expect(outcomes.map(({ output }) => output).join('')).not.toMatch(/^bundle:/m);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true]);
  });

  it('asks for no scope and no service that it does not use', () => {
    expect(outcomes[0]?.output).not.toContain('note: no code');
  });

  it('is the same from the same sources', () => {
    expect(digests(first)).toEqual(digests(second));
    expect(readdirSync(first)).toEqual(expect.arrayContaining(['Code.js', 'appsscript.json']));
  });

  it('shows Google a declaration for every function of entrypoints.ts', () => {
    const source = readFileSync(join(ROOT, 'src/entrypoints.ts'), 'utf8');
    const assigned = [...source.matchAll(/^global\.(\w+) =/gm)].map((match) => match[1]);
    expect(assigned).toContain('onOpen');
    expect(stubs().map((each) => each.id.name)).toEqual(assigned);
  });

  it('marks its custom functions, whose names are in capitals, for the formula help', () => {
    const code = read('Code.js');
    const custom = stubs().filter(({ id }) => /^[A-Z][A-Z0-9_]+$/.test(id.name));
    const unmarked = custom.filter(({ start }) => {
      const comment = code.slice(code.lastIndexOf('/**', start), start);
      return !/@customfunction[\s\S]*\*\/\s*$/.test(comment);
    });
    expect(unmarked.map(({ id }) => id.name)).toEqual([]);
  });

  it('keeps what a person reads while typing a formula: what each argument is, and what comes back', () => {
    const code = read('Code.js');
    for (const [name, args] of [
      ['RENT_BALANCE', ['lease', 'refresh']],
      ['RENT_STATUS', ['lease', 'refresh']],
      ['RENT_AGING', ['lease', 'bucket', 'refresh']],
    ] as const) {
      const at = code.indexOf(`function ${name}(`);
      const comment = code.slice(code.lastIndexOf('/**', at), at);
      expect([...comment.matchAll(/@param \{[^}]+\} (\w+) \S/g)].map(([, arg]) => arg)).toEqual(args);
      expect(comment).toMatch(/^\/\*\*\n \* [A-Z][^@]+\n \*\n[\s\S]*@return \{[^}]+\} [A-Z]/);
    }
  });

  it('has the function that its manifest names for the card', () => {
    const { addOns } = JSON.parse(read('appsscript.json'));
    expect(stubs().map((each) => each.id.name)).toContain(addOns.common.homepageTrigger.runFunction);
  });

  it('loads in a context that has nothing but the language, and replaces every stub', () => {
    const context = createContext({});
    runInContext(read('Code.js'), context);
    const text = (name: string) => String(runInContext(`typeof ${name} + String(${name})`, context));
    const empty = stubs().filter(({ id }) => !/^function/.test(text(id.name)) || /\{\s*\}$/.test(text(id.name)));
    expect(empty.map(({ id }) => id.name)).toEqual([]);
  });
});

const MANIFEST = {
  timeZone: 'Etc/UTC',
  runtimeVersion: 'V8',
  exceptionLogging: 'STACKDRIVER',
  oauthScopes: ['https://www.googleapis.com/auth/spreadsheets'],
};

async function checked(code: string, manifest: object = MANIFEST, pages: Readonly<Record<string, string>> = {}) {
  const name = createHash('sha256')
    .update(JSON.stringify([code, manifest, pages]))
    .digest('hex')
    .slice(0, 12);
  const files = { 'Code.js': `function onOpen() {}\n${code}`, 'appsscript.json': JSON.stringify(manifest), ...pages };
  return node('tools/check-bundle.mjs', lay(`checked-${name}`, files));
}

describe('the bundle check', () => {
  it.each([
    ['a timer', 'setTimeout(onOpen, 1)', 'names setTimeout'],
    ['a web class', 'onOpen(new URL("https://a.example"))', 'names URL'],
    ['a Node global in a nested function', 'const f = () => { { return Buffer.from("a"); } }', 'names Buffer'],
    ['a name used outside the scope that binds it', '{ const fetch = 1; onOpen(fetch); } fetch("x")', 'names fetch'],
    ['a global reached as a property', 'globalThis.crypto.randomUUID()', 'names globalThis.crypto'],
    ['code made from text', 'new Function("return 1")()', 'builds code from text'],
    ['eval', 'eval("1")', 'names eval'],
    ['a typing error', 'onOpne()', 'names onOpne'],
    ['newer syntax', 'class A { static #x = 1 }', 'not ES2020'],
    [
      'a menu item that leads nowhere',
      'SpreadsheetApp.getUi().createMenu("M").addItem("Go", "gone")',
      'no entry point gone',
    ],
    ['a trigger that leads nowhere', 'const h = "lost"; ScriptApp.newTrigger(h)', 'no entry point lost'],
    [
      'a service without its scope',
      'UrlFetchApp.fetch("https://a.example")',
      'lacks https://www.googleapis.com/auth/script.ext',
    ],
    ['mail that reads the whole mailbox', 'Gmail.Users.Messages.list("me")', 'lacks https://mail.google.com/'],
    ['an advanced service that is off', 'Sheets.Spreadsheets.get("x")', 'enabledAdvancedServices lacks Sheets'],
    ['too much of it', `onOpen("${'x'.repeat(1_540_000)}")`, 'more than 1536000'],
  ])('refuses %s', async (_what, code, complaint) => {
    const { ok, output } = await checked(code);
    expect(output).toContain(complaint);
    expect(ok).toBe(false);
  });

  it('takes names that are bound, probed or only properties', async () => {
    const code = `
      const probe = typeof fetch === 'undefined';
      function inner({ URL = 1, ...window }, [process]) { return [URL, window, process, arguments.length]; }
      const object = { setTimeout: 1, fetch() { return this.crypto; } };
      document: for (const Blob of [1]) { object.setTimeout += Blob; continue document; }
      try { onOpen(); } catch (performance) { onOpen(performance); }
      class Buffer { crypto() { return new.target === undefined && probe; } }
      var later = () => atob; var atob = Buffer;
      onOpen(inner, later, JSON.stringify(Intl), SpreadsheetApp.getActive(), Function.prototype);`;
    const { ok, output } = await checked(code);
    expect(output).not.toContain('Code.js names');
    expect(ok).toBe(true);
  });

  it.each([
    ['an unknown key', { ...MANIFEST, timezone: 'Etc/UTC' }, 'unknown key timezone'],
    ['an unknown zone', { ...MANIFEST, timeZone: 'Mars/Base' }, 'is not a zone'],
    ['the old runtime', { ...MANIFEST, runtimeVersion: 'DEPRECATED_ES5' }, 'must be V8'],
    ['scopes left to guessing', { ...MANIFEST, oauthScopes: undefined }, 'oauthScopes must be a list'],
    [
      'a web app open to a typing error',
      { ...MANIFEST, webapp: { access: 'ALL', executeAs: 'ME' } },
      'webapp.access is',
    ],
    ['a card that nobody shows', { ...MANIFEST, addOns: { common: { name: 'Rent' } } }, 'addOns.sheets is missing'],
    ['a card of another product', { ...MANIFEST, addOns: { gmail: {} } }, 'addOns has the unknown key gmail'],
    [
      'a misspelt homepage',
      { ...MANIFEST, addOns: { common: { homepageTrigger: { runFunctions: 'onOpen' } }, sheets: {} } },
      'runFunction must name a function',
    ],
    ['a card that leads nowhere', { ...MANIFEST, addOns: { common: { runFunction: 'home' } } }, 'no entry point home'],
  ])('refuses a manifest with %s', async (_what, manifest, complaint) => {
    const { ok, output } = await checked('', manifest);
    expect(output).toContain(complaint);
    expect(ok).toBe(false);
  });

  it.each([
    ['a script from elsewhere', '<script src="https://cdn.example/x.js"></script>', 'loads from elsewhere'],
    ['a font from elsewhere', '<style>@import "https://fonts.example/x.css"</style>', 'style from elsewhere'],
    [
      'a call that leads nowhere',
      '<script>google.script.run.withFailureHandler(f).gone(1)</script>',
      'no entry point gone',
    ],
    ['a value printed unescaped', '<p><?!= name ?></p>', 'prints unescaped'],
  ])('refuses a page with %s', async (_what, page, complaint) => {
    const { ok, output } = await checked('', MANIFEST, { 'sidebar.html': page });
    expect(output).toContain(complaint);
    expect(ok).toBe(false);
  });
});

describe('a page', () => {
  it('holds its script and style whole, whatever characters they are made of', async () => {
    const root = lay('paged', {
      'package.json': '{"version":"9.8.7"}',
      'appsscript.json': JSON.stringify(MANIFEST),
      'src/entrypoints.ts': '/** Menu. */\nglobal.onOpen = (e: unknown) => String(e);\n',
      'sidebar/index.html':
        '<html><head><link rel="stylesheet" href="./s.css"></head><body><script type="module" src="./m.ts"></script></body></html>',
      'sidebar/s.css': 'p { content: "$&" }',
      'sidebar/m.ts':
        'declare const __VERSION__: string; (globalThis as any).said = ["</script><!-- $& $1", __VERSION__];',
    });
    const { output } = await node('esbuild.config.mjs', '--root', root);
    expect(output).toContain('built Code.js, appsscript.json, sidebar.html: 1 entry points');
    const page = readFileSync(join(root, 'dist/sidebar.html'), 'utf8');
    const [script = '', ...others] = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map((match) => match[1] ?? '');
    expect(others).toEqual([]);
    const context = createContext({});
    runInContext(script, context);
    expect(Array.from(context.said as string[])).toEqual(['</script><!-- $& $1', '9.8.7']);
    expect(page).toContain('<style>p{content:"$&"}');
    expect(page.endsWith('</html>\n')).toBe(true);
  });
});

describe('what clasp would push', () => {
  it('is the bundle, the manifest and the pages, and nothing else', async () => {
    const { ok, output } = await node('tools/deploy.mjs', '--check');
    expect(output).toMatch(/^To push: Code\.js, appsscript\.json(, \w+\.html)*\.$/m);
    expect(ok).toBe(true);
  }, 60_000);
});
