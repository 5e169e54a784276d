/** Wrong usage of the command line: each says what is wrong, shows the usage line, and exits with 2. */
import { CommandLine } from '../simulation/cli';

const line = new CommandLine();
afterAll(() => line.close());

const WRONG: readonly (readonly [string, string, RegExp])[] = [
  ['no verb', '', /No verb is given/],
  ['an unknown verb', 'rent --book b', /"rent" is no verb/],
  ['an unknown option', 'until 2026-11-09 --book b --fast', /Unknown option --fast/],
  ['an option of another verb', 'poll --book b --port 1', /poll takes no --port/],
  ['an option given twice', 'poll --book b --book c', /--book is given twice/],
  ['an option without its value', 'poll --book', /--book needs a value/],
  ['a switch with a value', 'poll --book b --json=yes', /--json takes no value/],
  ['no book', 'poll', /--book BOOK is missing/],
  ['no day for new', 'new --book b', /--on YYYY-MM-DD is missing/],
  ['a day that is not in the calendar', 'new --book b --on 2026-02-31', /"2026-02-31" is not one/],
  ['a day in another order', 'until 9.11.2026 --book b', /"9\.11\.2026" is not one/],
  ['an unknown zone', 'new --book b --on 2026-10-01 --zone Brooklyn', /"Brooklyn" is not known/],
  ['a currency in small letters', 'new --book b --on 2026-10-01 --currency usd', /"usd" is not one/],
  ['no day for until', 'until --book b', /until needs more words/],
  ['one word too many', 'verify now --book b', /"now" is one word too many/],
  ['no file for import', 'import --book b', /import needs more words/],
  ['a vendor that is told to do something else', 'vendor stripe forget x.json --book b', /"forget" is not known/],
  ['an unknown format', 'export --format xml --book b', /"xml" is not known/],
  ['a link with too few words', 'link L-1 stripe customer --book b', /link needs more words/],
  ['a count of nothing', 'fail stripe 500 --times 0 --book b', /"0" is not one/],
  ['a port beyond the last', 'serve --book b --port 70000', /"70000" is not one/],
];

describe('a command that is wrong', () => {
  it.each(WRONG)('%s is told with the usage line', async (_what, command, words) => {
    const { exit, out, err } = await line.run(...command.split(' ').filter((word) => word !== ''));
    expect(exit).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(words);
    expect(err).toMatch(/\nusage: npm run local -- /);
  });

  it('is told as one JSON object where JSON was asked for', async () => {
    const { exit, json, err } = await line.json('until', 'soon', '--book', 'b');
    expect(exit).toBe(2);
    expect(json).toEqual({
      ok: false,
      error: 'The day must be a day such as 2026-11-09; "soon" is not one.',
      usage: 'npm run local -- until YYYY-MM-DD --book BOOK',
    });
    expect(err).toBe('');
  });
});

describe('help', () => {
  it('names every verb and exits with 0', async () => {
    const { exit, out } = await line.run('--help');
    expect(exit).toBe(0);
    for (const verb of ['serve', 'demo', 'new', 'import', 'vendor', 'until', 'poll', 'daily', 'deliver', 'export']) {
      expect(out).toContain(`\n  ${verb} `);
    }
    expect(out).toMatch(/verify|link|fail|status/);
  });
});
