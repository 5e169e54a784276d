/** Google's own clients read back what residents received in Gmail, and the sheet that it came from. */
import { gmail as gmailApi } from '@googleapis/gmail';
import { sheets as sheetsApi } from '@googleapis/sheets';
import PostalMime from 'postal-mime';
import { type GoogleServer, serveGoogle } from './simulation/google';
import { ELM, importRows, intentOf, leaseOf, loadStripe, OWNER, smallWorld, type World } from './worlds';

const BODY = `Grüezi {{resident_names}},

für {{unit}} sind am {{due_date}} {{amount_due}} fällig — 1 < 2 & "so weiter".
{{#charges}}
- {{label}}: {{amount}}
{{/charges}}
{{#pay_link}}
Pay here: {{pay_link}}
{{/pay_link}}
Ünïcode: 家賃 🏠`;

let world: World;
let google: GoogleServer;

beforeAll(async () => {
  const ann = leaseOf('L-1', {
    Residents: 'Änn Lee',
    Unit: '4 "B" <x>',
    Email: 'ann@example.com, roommate@example.com',
  });
  const bob = leaseOf('L-2', { Residents: 'Bob Roy' });
  world = smallWorld({
    on: '2026-12-01',
    properties: [{ ...ELM, 'Manager email': 'boss@example.com' }],
    leases: [ann, bob],
  });
  importRows(world, 'Templates', [
    { Template: 'due-today', Language: 'en', Subject: 'Fällig: {{amount_due}} für {{property}} 家', Body: BODY },
  ]);
  loadStripe(world, [intentOf('pi_Bob', 'L-2', 100_000, '2026-12-01T14:30:00Z')]);
  // Half an hour after the first run, whatever it began has been sent.
  world.advanceTo('2026-12-01T16:30:00Z');
  google = await serveGoogle(world);
}, 30_000);

afterAll(() => google.close());

/** The clients load their own fetch by a dynamic import, which a test runner in CommonJS has not; Node's own is as good. */
const options = (token: string) => ({
  rootUrl: google.url,
  headers: { authorization: `Bearer ${token}` },
  fetchImplementation: fetch,
});

const client = (token = world.token()) => gmailApi({ version: 'v1', ...options(token) });
const sheets = (token = world.token()) => sheetsApi({ version: 'v4', ...options(token) }).spreadsheets;

async function received(q: string) {
  const users = client().users.messages;
  const { data } = await users.list({ userId: 'me', q });
  return Promise.all(
    (data.messages ?? []).map(async ({ id = '' }) => {
      const message = await users.get({ userId: 'me', id: id ?? '', format: 'raw' });
      const raw = Buffer.from(message.data.raw ?? '', 'base64url');
      return { raw: raw.toString('latin1'), mail: await PostalMime.parse(raw), labels: message.data.labelIds, id };
    }),
  );
}

const textOf = (html: string): string =>
  html
    .replace(/<style[\s\S]*?<\/style>|<title[\s\S]*?<\/title>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/\s+/g, ' ')
    .trim();

describe('the mailbox, read by the Gmail client', () => {
  it('has what the Templates tab says, in letters of every script, as text and as HTML', async () => {
    const [found, ...others] = await received('to:ann@example.com');
    expect(others).toEqual([]);
    const { mail } = found ?? { mail: undefined };
    expect(mail?.subject).toBe('Fällig: $1,000.00 für Elm House 家');
    const body = [
      'Grüezi Änn Lee,',
      '',
      'für 4 "B" <x> sind am December 1, 2026 $1,000.00 fällig — 1 < 2 & "so weiter".',
      '- Rent, December 2026: $1,000.00',
      'Ünïcode: 家賃 🏠',
    ];
    expect(mail?.text?.split('\n').slice(0, 5).join('\n')).toBe(body.join('\n'));
    expect(mail?.text).toContain('You receive this message because you rent at Elm House, 4 "B" <x>.');
    expect(textOf(mail?.html ?? '')).toContain(
      body.slice(2).join(' ').replace('- Rent, December 2026:', 'Rent, December 2026'),
    );
  });

  it('names sender, readers, answer address and the way out, and is marked as written by a machine', async () => {
    const [found] = await received('to:ann@example.com subject:"für Elm House"');
    const { mail, raw } = found ?? { mail: undefined, raw: '' };
    const header = (name: string) => mail?.headers.find((each) => each.key === name)?.value;
    expect(mail?.from).toMatchObject({ address: OWNER, name: 'Elm House' });
    expect(mail?.to?.map((each) => each.address)).toEqual(['ann@example.com', 'roommate@example.com']);
    expect(mail?.replyTo?.map((each) => each.address)).toEqual(['boss@example.com']);
    expect(header('x-rent-ledger-key')).toBe('email:due-today:L-1:2026-12');
    expect(header('list-unsubscribe')).toContain('mailto:boss@example.com');
    expect(header('auto-submitted')).toBe('auto-generated');
    expect(Date.parse(mail?.date ?? '')).toBeGreaterThan(Date.parse('2026-12-01T14:00:00Z'));
    expect(raw.split('\r\n').every((line) => line.length <= 998 && !line.includes('\n'))).toBe(true);
  });

  it('has a receipt and no reminder for the resident who paid', async () => {
    const keys = (await received('to:l-2@example.com')).map(
      ({ mail }) => mail.headers.find((each) => each.key === 'x-rent-ledger-key')?.value,
    );
    expect(keys).toContain('email:receipt:stripe:pi_Bob');
    expect(keys.filter((each) => each?.includes(':late'))).toEqual([]);
  });

  it('keeps the mails of one lease in threads that the client finds, each message once', async () => {
    const { data } = await client().users.threads.list({ userId: 'me', q: 'to:l-2@example.com' });
    const threads = await Promise.all(
      (data.threads ?? []).map((each) => client().users.threads.get({ userId: 'me', id: each.id ?? '' })),
    );
    const ids = threads.flatMap((each) => each.data.messages ?? []).map((each) => each.id);
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is not open to a stranger, in the client’s own error', async () => {
    await expect(client('ya29.someone-else').users.messages.list({ userId: 'me' })).rejects.toMatchObject({
      status: 401,
      message: expect.stringContaining('invalid authentication credentials'),
    });
  });
});

describe('the workbook, read by the Sheets client', () => {
  const spreadsheetId = () => world.workbook.id;

  it('shows in the Outbox what the mailbox holds', async () => {
    const { data } = await sheets().values.get({ spreadsheetId: spreadsheetId(), range: "'Outbox'!A1:AZ" });
    const [header = [], ...rows] = data.values as string[][];
    const at = (name: string) => header.indexOf(name);
    const sent = rows.filter((row) => row[at('Channel')] === 'gmail' && row[at('State')] === 'sent');
    const kept = await client().users.messages.list({ userId: 'me', labelIds: ['SENT'] });
    expect(sent.map((row) => row[at('Reference')]?.split(' ')[0]).sort()).toEqual(
      (kept.data.messages ?? []).map((each) => each.id).sort(),
    );
    expect(sent.length).toBeGreaterThan(2);
  });

  it('has the same tabs and cells as the grid that people look at', async () => {
    const fields = 'sheets.properties(title,gridProperties(rowCount,columnCount))';
    const { data } = await sheets().get({ spreadsheetId: spreadsheetId(), fields });
    const grid = world.workbook.state.sheets;
    expect(data.sheets?.map((each) => each.properties?.title)).toEqual(grid.map((sheet) => sheet.title));
    const ranges = ['Leases', 'Rent Roll', 'Ledger'];
    const read = await sheets().values.batchGet({ spreadsheetId: spreadsheetId(), ranges });
    for (const [index, { values = [] }] of (read.data.valueRanges ?? []).entries()) {
      const sheet = world.workbook.state.byTitle(ranges[index] ?? '');
      if (!sheet || !values) throw new Error(`no ${ranges[index]}`);
      expect(values.length).toBeGreaterThan(1);
      for (const [row, cells] of values.entries())
        expect(cells).toEqual(cells.map((_, column) => world.workbook.state.display(sheet, row, column)));
    }
  });

  it('takes what the client writes as text, and is closed to a stranger', async () => {
    const range = "'Leases'!A40";
    const write = {
      spreadsheetId: spreadsheetId(),
      range,
      valueInputOption: 'RAW',
      requestBody: { values: [['=1+1']] },
    };
    expect((await sheets().values.update(write)).data.updatedRange).toBe('Leases!A40');
    const { data } = await sheets().values.get({ spreadsheetId: spreadsheetId(), range });
    expect(data.values).toEqual([['=1+1']]);
    const refused = sheets('ya29.someone-else').values.get({ spreadsheetId: spreadsheetId(), range });
    await expect(refused).rejects.toMatchObject({ status: 401 });
  });
});
