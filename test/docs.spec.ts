/** The docs in step with the repository: links, tabs, verbs, scripts, variables, permissions and snippets are real. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CALLS } from '../src/api/gateway';
import { connectors } from '../src/connectors';
import { day } from '../src/domain/calendar';
import { currency, zone } from '../src/domain/values';
import { defaultSettings } from '../src/sheet/defaults';
import { TABS } from '../src/sheet/schema';
import { codeOf, tablesOf, withoutCode } from './docs/tables';
import { openedMenu, pathsOf } from './gas/menus';

const ROOT = join(__dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const CONNECT = readdirSync(join(ROOT, 'docs/connect')).map((name) => `docs/connect/${name}`);
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  ...CONNECT,
];
const README = read('README.md');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const VERB_FILES = readdirSync(join(ROOT, 'local/cli/verbs')).map((name) => read(`local/cli/verbs/${name}`));

/** Headings as GitHub names them in links. */
const anchorsOf = (markdown: string): string[] =>
  [...withoutCode(markdown).matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replace(/ /g, '-'),
  );

function brokenLinks(page: string): string[] {
  const links = [...withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return links.filter((target) => {
    if (/^https:\/\//.test(target)) return false;
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? join(ROOT, page) : resolve(ROOT, dirname(page), path);
    if (!file.startsWith(`${ROOT}/`) || !existsSync(file)) return true;
    return anchor !== undefined && !anchorsOf(readFileSync(file, 'utf8')).includes(anchor);
  });
}

/** `npm run` and `npx` and `node` words of the prose and of shell blocks. */
const npmRuns = (text: string): string[] => [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);

describe.each(PAGES)('%s', (page) => {
  it('has no link that leads nowhere', () => {
    expect(brokenLinks(page)).toEqual([]);
  });

  it('names only scripts of package.json', () => {
    expect(npmRuns(read(page)).filter((name) => !(name in scripts))).toEqual([]);
  });

  it('names only files and folders that exist', () => {
    const named = [...withoutCode(read(page)).matchAll(/`((?:src|local|test|tools|docs|dist)\/[\w./-]+)`/g)];
    const built = new Set(['dist/Code.js']);
    const paths = named.map(([, path = '']) => path).filter((path) => !built.has(path));
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('names only environment variables that something reads', () => {
    const sources = ['tools/test.mjs', '.ci/run', 'tools/ensure.mjs', 'tools/run.mjs'].map(read).join('\n');
    const names = [...withoutCode(read(page)).matchAll(/`([A-Z]+_PATH|CI)`/g)].map(([, name = '']) => name);
    for (const name of names) expect(sources).toContain(name);
  });

  it('keeps to lines that can be read', () => {
    const long = withoutCode(read(page))
      .split('\n')
      .filter((line) => line.length > 140 && !line.startsWith('|') && !line.includes(']('));
    expect(long).toEqual([]);
  });
});

describe('the README', () => {
  const tableOf = (header: string) => tablesOf(README).find(({ headers }) => headers[0] === header)?.rows ?? [];

  it('tells of every tab whose it is, and of no other', () => {
    const told = tableOf('Tab').map((row) => `${row.Tab}: ${row.Whose}`);
    const real = TABS.map((tab) => `${tab.title}: ${tab.owner}${tab.hidden ? ', hidden' : ''}`);
    expect([...told].sort()).toEqual([...real].sort());
  });

  it('says of each platform what it does, and leads to its guide', () => {
    const cells = tableOf('Platform').map((row) => row.Platform ?? '');
    const guides = cells.flatMap((cell) => [...cell.matchAll(/\[([^\]]+)\]\((docs\/connect\/[\w-]+\.md)\)/g)]);
    expect(guides.map(([, , path]) => path).sort()).toEqual([...CONNECT].sort());
    for (const [, title = '', path = ''] of guides)
      expect([path, read(path)]).toEqual([path, expect.stringContaining(`# ${title}\n`)]);
    expect(README).toContain('[Twenty-four\nplatforms](#platforms)');
    expect(connectors).toHaveLength(24);
  });

  it('has every verb of the command line, and an example that is one', () => {
    const source = VERB_FILES.join('\n');
    const defined = [...source.matchAll(/\bname: '(\w+)',\n\s+usage/g)].map(([, name = '']) => name);
    const jobs = /JOBS = \[([^\]]+)\]/.exec(source)?.[1]?.match(/\w+/g) ?? [];
    const rows = tableOf('Verb');
    expect(rows.map((row) => row.Verb).sort()).toEqual([...defined, ...jobs].map((name) => `\`${name}\``).sort());
    for (const row of rows)
      expect(row['Example, after `npm run local --`']).toMatch(new RegExp(`^\`${row.Verb?.slice(1, -1)} `));
  });

  it('uses only options that the command line knows', () => {
    const known = /const OPTIONS = \{([^}]+)\}/.exec(read('local/cli/options.ts'))?.[1]?.match(/^\s+(\w+):/gm) ?? [];
    const names = known.map((line) => line.replace(/\W/g, ''));
    expect(names.length).toBeGreaterThan(10);
    const local = README.split('\n').filter((line) => /npm run local|^\| `/.test(line));
    const used = local.flatMap((line) => [...line.matchAll(/ --(\w+)/g)].map(([, name = '']) => name));
    expect(used.filter((name) => !names.includes(name))).toEqual([]);
  });

  it('lists the menu as the sheet shows it, submenus included, and nothing else', () => {
    const paths = pathsOf(openedMenu('limited'));
    expect(paths).toHaveLength(10);
    expect(tableOf('In the menu').map((row) => row['In the menu'])).toEqual(paths);
  });

  it('leads only to menu items that there are, on every page', () => {
    const listed = tableOf('In the menu').map((row) => row['In the menu'] ?? '');
    const named = PAGES.flatMap((page) => [
      ...withoutCode(read(page))
        .replace(/\s+/g, ' ')
        .matchAll(/Rent Ledger > (?:\w+ > )?\w+(?: \w+)?/g),
    ]);
    expect(named.length).toBeGreaterThan(12);
    const known = (words: string) => listed.some((path) => path.startsWith(words) || words.startsWith(path));
    expect(named.map(([words]) => words).filter((words) => !known(words))).toEqual([]);
  });

  it('tells of the lists and buttons of the sidebar by their names', () => {
    const effect = read('sidebar/screens/shared/effect.tsx');
    const labels = /const LABELS[^{]*\{([^}]*)\}/.exec(effect)?.[1] ?? '';
    const buttons = [...labels.matchAll(/: '([^']+)'/g)].map(([, name = '']) => name);
    expect(buttons.length).toBe(5);
    const prose = README.replace(/\s+/g, ' ');
    // Hold stands in the sidebar beside what would leave today; the README tells of what waits for a decision.
    for (const name of buttons.filter((each) => each !== 'Hold')) expect(prose).toContain(name);
    const cards = ['needs', 'sending', 'runs'].map((name) => read(`sidebar/screens/today/${name}.tsx`)).join('');
    const lists = [...cards.matchAll(/<Card\s+title="([^"]+)"/g)].map(([, name = '']) => name);
    const named = ['docs/errors.md', 'docs/connect/gmail.md'].flatMap((page) => [
      ...read(page).matchAll(/(?:sidebar[^".]*|buttons) under\s"([^"]+)"/g),
    ]);
    expect(named.length).toBeGreaterThan(2);
    expect(named.map(([, name = '']) => name).filter((name) => !lists.includes(name))).toEqual([]);
  });

  it('says why the manifest asks for each scope', () => {
    const { oauthScopes } = JSON.parse(read('appsscript.json')) as { oauthScopes: string[] };
    expect(oauthScopes).toHaveLength(6);
    expect(README).toContain('Google asks for six scopes');
    for (const scope of oauthScopes) expect(read('docs/decisions.md')).toContain(`\`${scope.split('/').pop()}\``);
  });
});

describe('the snippets for the script editor', () => {
  const snippets = PAGES.flatMap((page) => codeOf(read(page), 'js'));

  it('call only what the add-on answers', () => {
    const called = snippets.flatMap((code) => [...code.matchAll(/api\('(\w+)'/g)].map(([, name = '']) => name));
    expect(new Set(called).size).toBeGreaterThan(6);
    expect(called.filter((name) => !Object.hasOwn(CALLS, name))).toEqual([]);
  });
});

describe('docs/connect', () => {
  const page = (id: string) => read(`docs/connect/${id}.md`);

  it('has a page for every connector, and for Gmail', () => {
    const wanted = [...connectors.map(({ id }) => id), 'gmail'].map((id) => `docs/connect/${id}.md`);
    expect([...CONNECT].sort()).toEqual(wanted.sort());
  });

  it('says where the key is in the words of the key field', () => {
    // A gateway is the customer's own: no page of a vendor's has its key.
    for (const { id, credentials } of connectors)
      for (const { help } of credentials.filter(
        ({ name, secret }) => secret !== false && !name.startsWith('GATEWAY_'),
      )) {
        const steps = (help.split('. ')[0] ?? '').split(' > ').slice(1);
        expect(steps.length).toBeGreaterThan(1);
        const words = page(id).replace(/\s+/g, ' ');
        for (const step of steps.filter((each) => each !== 'your app')) expect(words).toContain(step);
      }
  });

  it('asks Stripe for each permission that the key field names', () => {
    const help = connectors.find(({ id }) => id === 'stripe')?.credentials[0]?.help ?? '';
    const rows = tablesOf(page('stripe')).find(({ headers }) => headers[0] === 'Permission')?.rows ?? [];
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) for (const word of (row.Permission ?? '').split(' and ')) expect(help).toContain(word);
  });

  it('tells of trouble in the words of the Connections tab', () => {
    const note = TABS.find(({ title }) => title === 'Connections')?.columns[1]?.note ?? '';
    const words = note.replace(/\.$/, '').split(', ');
    const told = CONNECT.flatMap((path) =>
      tablesOf(read(path)).flatMap(({ rows }) => rows.flatMap((row) => row.State ?? [])),
    );
    expect(told.length).toBeGreaterThan(30);
    const isRow = (state: string) => /^(?:a row|rows|A mail) /.test(state);
    expect(told.filter((state) => !isRow(state) && !words.some((word) => state.startsWith(word)))).toEqual([]);
  });

  it('names only settings that there are', () => {
    const options = {
      booksOpenOn: day('2026-12-01'),
      zone: zone('Etc/UTC'),
      currency: currency('USD'),
      locale: 'en_US',
      owner: '',
    };
    const names = defaultSettings(options).map(({ name }) => name);
    const known = ['Reminders', 'Quiet hours', 'Sender name', 'Digest to', 'Pay links', 'Pay link returns to'];
    for (const name of known) expect(names).toContain(name);
    for (const name of known) expect(CONNECT.map(read).join('\n').replace(/\s+/g, ' ')).toContain(`"${name}"`);
  });
});

describe('CONTRIBUTING.md', () => {
  it('names only members of connectors that there are', () => {
    const types = ['connector', 'messages', 'mirror', 'roster']
      .map((name) => read(`src/connectors/${name}.ts`))
      .join('\n');
    const once = read('src/domain/effects.ts');
    const [, step = ''] = /3\. \*\*Write the connector\*\*([\s\S]*?)\n4\. /.exec(read('CONTRIBUTING.md')) ?? [];
    const words = [...step.matchAll(/`([\w-]+)`/g)].map(([, word = '']) => word);
    expect(words).toEqual(
      expect.arrayContaining([
        'carries',
        'batch',
        'schedule',
        'followed',
        'deliveries',
        'tells',
        'mirror',
        'roster',
        'ownToken',
      ]),
    );
    const isMember = (word: string) => new RegExp(`^ +(?:readonly )?${word}\\??[:(]`, 'm').test(types);
    const isValue = (word: string) =>
      `${once}${types}${read('src/domain/books.ts')}${read('src/domain/status.ts')}`.includes(`'${word}'`);
    expect(words.filter((word) => !isMember(word) && !isValue(word))).toEqual([]);
  });
});

describe('docs/decisions.md', () => {
  const paragraphs = read('docs/decisions.md')
    .split(/\n\n+/)
    .filter((part) => part.startsWith('**'));

  it('has each decision once', () => {
    const titles = paragraphs.map((part) => /^\*\*([^*]+)\*\*/.exec(part)?.[1] ?? part);
    expect(titles.filter((title, at) => titles.indexOf(title) < at)).toEqual([]);
  });

  it('dates every decision and says what it costs', () => {
    expect(paragraphs.length).toBeGreaterThan(25);
    expect(paragraphs.filter((part) => !/^\*\*20\d\d-\d\d-\d\d, [^*]+\.\*\* /.test(part))).toEqual([]);
    expect(paragraphs.filter((part) => !/Cost: /.test(part.replace(/\n/g, ' ')))).toEqual([]);
  });
});
