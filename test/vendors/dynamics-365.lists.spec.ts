/** Lists, pages, change tracking and batches of the Dynamics 365 sandbox. */
import * as people from '../../local/vendors/dynamics-365/people';
import { answersIn, batchOf, DynamicsTalk, KEY } from './dynamics-talk';
import type { Json } from './talk';

const DAY_MS = 86_400_000;

function withContacts(count: number): DynamicsTalk {
  const talk = DynamicsTalk.ready();
  for (let at = 1; at <= count; at++) talk.contact(`U-${at}`, { firstname: `Nr ${at}`, new_rentbalance: at * 100 });
  return talk;
}

const names = (rows: readonly Json[]): string[] => rows.map((row) => row.firstname as string);

describe('lists', () => {
  it('go on by the address of the next page until there is none', () => {
    const talk = withContacts(5);
    const prefer = { prefer: 'odata.maxpagesize=2' };
    const pages: string[][] = [];
    let next: string | undefined = 'contacts?$select=firstname&$orderby=firstname desc';
    while (next !== undefined) {
      const page: Json = talk.get(next, prefer);
      pages.push(names(page.value));
      next = page['@odata.nextLink'];
    }
    expect(pages).toEqual([['Nr 5', 'Nr 4'], ['Nr 3', 'Nr 2'], ['Nr 1']]);
  });

  it('lose and repeat nothing where rows come and go between pages', () => {
    const talk = withContacts(4);
    const prefer = { prefer: 'odata.maxpagesize=2' };
    const first = talk.get('contacts?$select=firstname&$orderby=new_rentbalance', prefer);
    people.removeRow(talk.state, 'contact', first.value[1].contactid, talk.nowMs);
    people.addRow(talk.state, 'contact', { firstname: 'Early', new_rentbalance: 1 }, talk.nowMs);
    expect(names(talk.get(first['@odata.nextLink'], prefer).value)).toEqual(['Nr 3', 'Nr 4']);
  });

  it.each([
    ["firstname eq 'NR 2'", ['Nr 2']],
    ['new_rentbalance gt 200 and new_rentbalance le 400', ['Nr 3', 'Nr 4']],
    ["(firstname eq 'Nr 1' or firstname eq 'Nr 5') and not new_rentbalance eq 500", ['Nr 1']],
    ["contains(firstname,'4')", ['Nr 4']],
    ['mobilephone ne null', []],
    [`${KEY} ne null and statecode eq 0 and new_rentbalance ge 500`, ['Nr 5']],
    ['modifiedon ge 2026-12-02T15:01:09Z', ['Nr 5']],
  ])('are filtered by %s', (filter, expected) => {
    const talk = withContacts(5);
    const found = talk.get(`contacts?$select=firstname&$filter=${encodeURIComponent(filter)}`);
    expect(names(found.value)).toEqual(expected);
  });

  it('count, and end at $top', () => {
    const talk = withContacts(3);
    const found = talk.get('contacts?$select=firstname&$top=2&$count=true');
    expect(found).toMatchObject({ '@odata.count': 3, value: [{ firstname: 'Nr 1' }, { firstname: 'Nr 2' }] });
    expect(found).not.toHaveProperty('@odata.nextLink');
  });

  it('name the currency that the environment has', () => {
    const found = DynamicsTalk.ready().get('transactioncurrencies?$select=isocurrencycode');
    expect(found.value).toMatchObject([{ isocurrencycode: 'USD' }]);
  });
});

describe('change tracking', () => {
  const TRACK = { prefer: 'odata.track-changes' };
  const ASK = 'contacts?$select=firstname,_modifiedby_value';

  it('gives all rows first, then what was written or deleted since', () => {
    const talk = withContacts(3);
    const all = talk.get(ASK, TRACK);
    expect(names(all.value)).toEqual(['Nr 1', 'Nr 2', 'Nr 3']);
    const [one, two] = all.value;
    people.editRow(talk.state, 'contact', two.contactid, { firstname: 'Twice' }, talk.nowMs);
    people.removeRow(talk.state, 'contact', one.contactid, talk.nowMs);
    const since = talk.get(all['@odata.deltaLink']);
    expect(since['@odata.context']).toMatch(/\/\$delta$/);
    expect(since.value).toMatchObject([
      { firstname: 'Twice', contactid: two.contactid },
      { '@odata.context': expect.stringMatching(/#contacts\/\$deletedEntity$/), id: one.contactid, reason: 'deleted' },
    ]);
    expect(talk.get(since['@odata.deltaLink']).value).toEqual([]);
  });

  it('gives an old link the same changes again', () => {
    const talk = withContacts(2);
    const all = talk.get(ASK, TRACK);
    people.editRow(talk.state, 'contact', all.value[0].contactid, { firstname: 'Again' }, talk.nowMs);
    const both = [0, 1].map(() => names(talk.get(all['@odata.deltaLink']).value));
    expect(both).toEqual([['Again'], ['Again']]);
  });

  it('goes over pages, the delta link last, and what changes in between comes with the next', () => {
    const talk = withContacts(4);
    const first = talk.get(ASK, { prefer: 'odata.track-changes, odata.maxpagesize=3' });
    expect(first).not.toHaveProperty('@odata.deltaLink');
    const last = talk.state.rows.contact!.at(-1)!.id;
    people.editRow(talk.state, 'contact', last, { firstname: 'Late' }, talk.nowMs);
    const second = talk.get(first['@odata.nextLink'], { prefer: 'odata.track-changes, odata.maxpagesize=3' });
    expect(names(second.value)).toEqual([]);
    expect(names(talk.get(second['@odata.deltaLink']).value)).toEqual(['Late']);
  });

  it('ends a link after its days', () => {
    const talk = withContacts(1);
    const link = talk.get(ASK, TRACK)['@odata.deltaLink'];
    talk.nowMs += 7 * DAY_MS + 5000;
    talk.renew();
    expect(talk.call('GET', link)).toMatchObject({ status: 400, json: { error: { code: '0x80044352' } } });
  });

  it('must be switched on, and bears nothing but $select', () => {
    const talk = withContacts(1);
    const refused = (path: string) => talk.call('GET', path, undefined, TRACK).json.error.message;
    expect(refused('tasks?$select=subject')).toMatch(/not enabled for the entity 'task'/);
    people.trackChanges(talk.state, 'task');
    expect(talk.get('tasks?$select=subject', TRACK).value).toEqual([]);
    expect(refused(`${ASK}&$filter=statecode eq 0`)).toMatch(/"\$filter" query parameter isn't supported/);
    expect(talk.call('GET', `contacts?$deltatoken=x`)).toMatchObject({ status: 400 });
  });
});

describe('batches', () => {
  const upsert = (id: string, body: Json = { firstname: 'Bo' }) => ({
    method: 'PATCH',
    path: `contacts(${KEY}='${id}')`,
    body,
  });
  const bad = upsert('U-9', { shoesize: 9 });

  it('answer each request in its place', () => {
    const talk = withContacts(1);
    const { status, answers } = talk.batch([
      upsert('U-1'),
      { method: 'GET', path: `contacts(${KEY}='U-1')?$select=firstname` },
      { method: 'GET', path: 'WhoAmI' },
    ]);
    expect(status).toBe(200);
    expect(answers.map((each) => each.status)).toEqual([204, 200, 200]);
    expect(answers[1]!.json.firstname).toBe('Bo');
  });

  it('end at the first failure, whose status is theirs', () => {
    const talk = withContacts(1);
    const { status, answers } = talk.batch([upsert('U-2'), bad, upsert('U-3')]);
    expect([status, ...answers.map((each) => each.status)]).toEqual([400, 204, 400]);
    expect(talk.state.rows.contact).toHaveLength(2);
  });

  it('go on after failures where that is preferred', () => {
    const talk = withContacts(1);
    const { status, answers } = talk.batch([upsert('U-2'), bad, upsert('U-3')], 'odata.continue-on-error');
    expect([status, ...answers.map((each) => each.status)]).toEqual([200, 204, 400, 204]);
    expect(talk.state.rows.contact).toHaveLength(3);
  });

  it('do a change set as a whole or not at all', () => {
    const talk = withContacts(1);
    const whole = { method: 'PATCH', path: `contacts(${KEY}='U-1')`, body: { firstname: 'Set' } };
    const failed = talk.batch([[whole, bad], upsert('U-3')], 'odata.continue-on-error');
    expect(failed.answers.map((each) => each.status)).toEqual([400, 204]);
    expect(talk.get(`contacts(${KEY}='U-1')?$select=firstname`).firstname).toBe('Nr 1');
    expect(talk.batch([[whole, upsert('U-4')]]).answers.map((each) => each.status)).toEqual([204, 204]);
    expect(talk.get(`contacts(${KEY}='U-1')?$select=firstname`).firstname).toBe('Set');
  });

  it('let a request name what an earlier one of its change set has made', () => {
    const talk = withContacts(1);
    const line = { isproductoverridden: true, productdescription: 'Rent', quantity: 1, priceperunit: 1250 };
    const { answers } = talk.batch([
      [
        {
          method: 'POST',
          path: 'invoices',
          body: { name: 'Rent', 'customerid_contact@odata.bind': `/contacts(${KEY}='U-1')` },
        },
        { method: 'POST', path: 'invoicedetails', body: { ...line, 'invoiceid@odata.bind': '$1' } },
        { method: 'PATCH', path: '$1', body: { statecode: 2, statuscode: 100001 } },
      ],
    ]);
    expect(answers.map((each) => each.status)).toEqual([204, 204, 204]);
    expect(talk.get(`invoices(${answers[0]!.id})?$select=totalamount,statecode`)).toMatchObject({
      totalamount: 1250,
      statecode: 2,
    });
    const early = [{ method: 'PATCH', path: '$7', body: { name: 'x' } }];
    expect(talk.batch([early]).answers[0]!.json.error.message).toMatch("'$7' does not exist in the batch context");
  });

  it('hold no reads in a change set and no other batch', () => {
    const talk = withContacts(1);
    expect(talk.batch([[{ method: 'GET', path: 'WhoAmI' }]]).answers[0]!.json.error.message).toMatch("'GET'");
    expect(talk.batch([{ method: 'POST', path: '$batch', body: {} }]).status).toBe(400);
  });

  it('hold a thousand requests and no more', () => {
    const talk = withContacts(0);
    const many = (count: number) => Array.from({ length: count }, () => ({ method: 'GET', path: 'WhoAmI' }));
    expect(talk.batch(many(1000)).answers).toHaveLength(1000);
    expect(talk.batch(many(1001)).status).toBe(400);
  });

  it('are refused where their lines end in another way, a part lacks a header, or the end is missing', () => {
    const talk = withContacts(1);
    const headers = { 'content-type': 'multipart/mixed; boundary=batch_1' };
    const good = batchOf([[upsert('U-2')]]);
    const send = (body: string) => talk.raw('POST', '$batch', headers, body);
    expect(send(good.replace(/\r\n/g, '\n')).status).toBe(400);
    expect(send(good.replace(/Content-ID: 1\r\n/, '')).body).toMatch('Content-ID header not present');
    expect(send(batchOf([upsert('U-2')]).replace(/Content-Transfer-Encoding: binary\r\n/, '')).status).toBe(400);
    expect(send(good.replace('--batch_1--', '')).status).toBe(400);
    expect(talk.raw('POST', '$batch', { 'content-type': 'application/json' }, '{}').status).toBe(415);
    expect(answersIn(send(`\r\n${good}`).body).map((each) => each.status)).toEqual([204]);
  });
});
