/** What is particular to Dynamics 365: contacts that people correct, tasks, setup and sign-in. */
import * as people from '../../local/vendors/dynamics-365/people';
import type { AccountSeen, Connector } from '../../src/connectors/connector';
import { dynamics365 } from '../../src/connectors/dynamics-365';
import { contactAt, originIn, rowId, sign } from '../../src/connectors/dynamics-365/api';
import { answersIn, batchRequest } from '../../src/connectors/dynamics-365/batch';
import { cents } from '../../src/domain/money';
import { isFaultError } from '../../src/http/faults';
import { CrmBench, faultLike, KEY, statusOf, taskOf } from './dynamics-365-rig';

const guid = expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/);
const saying = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (isFaultError(error)) return `${error.fault.fault}: ${error.message}`;
    throw error;
  }
  return '';
};

describe('contacts', () => {
  it('are made with name, mail and phone, and hold how the lease stands to the cent', () => {
    const bench = new CrmBench();
    const [ref] = bench.done('standing', statusOf('L-1'));
    expect(bench.contact()).toMatchObject({
      ...{ firstname: 'Ann', lastname: 'Lee', emailaddress1: 'ann@example.com', mobilephone: '+15125550123' },
      ...{ new_rentstatus: 'late', new_rentbalance: 1250.5, new_rentdue: '2027-01-01', [KEY]: 'L-1' },
    });
    const { id } = bench.contact();
    expect(ref).toBe(`${id} https://rentledger.crm.dynamics.com/main.aspx?etn=contact&pagetype=entityrecord&id=${id}`);
    expect(dynamics365.effects?.standing?.link?.(ref as string)).toEqual({ kind: 'customer', externalId: id });
  });

  it('keep the mail and phone that people have corrected', () => {
    const bench = new CrmBench();
    bench.done('standing', statusOf('L-1'));
    const id = String(bench.contact().id);
    people.editRow(
      bench.state,
      'contact',
      id,
      { emailaddress1: 'ann@new.example', mobilephone: '+1 555 0199' },
      bench.nowMs,
    );
    bench.done('standing', statusOf('L-1', { contact: 'keep', standing: 'paid', balanceCents: cents(0) }));
    expect(bench.contact()).toMatchObject({ emailaddress1: 'ann@new.example', mobilephone: '+1 555 0199' });
    expect(bench.contact()).toMatchObject({ new_rentstatus: 'paid', new_rentbalance: 0 });
    bench.done('standing', statusOf('L-1', { email: 'ann@here.example' }));
    expect(bench.contact().emailaddress1).toBe('ann@here.example');
  });

  it('are made anew with all of it where they were deleted, though people had the word', () => {
    const bench = new CrmBench();
    bench.done('standing', statusOf('L-1'), statusOf('L-2'));
    people.removeRow(bench.state, 'contact', String(bench.contact('L-2').id), bench.nowMs);
    bench.done('standing', ...['L-1', 'L-2'].map((lease) => statusOf(lease, { contact: 'keep' })));
    expect(bench.contact('L-2')).toMatchObject({ lastname: 'Lee', new_rentstatus: 'late' });
    expect(bench.rows('contact')).toHaveLength(2);
  });

  it('take fifty leases in one request', () => {
    const bench = new CrmBench();
    const before = bench.sent.length;
    bench.done('standing', ...Array.from({ length: 50 }, (_, at) => statusOf(`L-${at}`)));
    expect(bench.sent.length - before).toBe(1);
    expect(bench.rows('contact')).toHaveLength(50);
  });

  it('have the columns that the owner has chosen, in the form that the column takes', () => {
    const types = 'new_state=String;new_owed=String;new_late=Integer;new_paid=DateTime;new_last=Decimal';
    const bench = new CrmBench({
      ...{ MAP_STANDING: 'new_state', MAP_UNPAID: 'new_owed', MAP_BALANCE: 'none', MAP_NEXT_DUE: 'None' },
      ...{ MAP_DAYS_LATE: 'new_late', MAP_LAST_PAID: 'new_paid', MAP_LAST_AMOUNT: 'new_last', COLUMN_TYPES: types },
    });
    people.addColumn(bench.state, 'contact', { name: 'new_state' });
    people.addColumn(bench.state, 'contact', { name: 'new_owed' });
    people.addColumn(bench.state, 'contact', { name: 'new_late', kind: 'Integer' });
    people.addColumn(bench.state, 'contact', { name: 'new_paid', kind: 'DateOnly' });
    people.addColumn(bench.state, 'contact', { name: 'new_last', kind: 'Decimal' });
    const told = statusOf('L-1');
    bench.done('standing', told);
    expect(bench.contact()).toMatchObject({
      ...{ new_state: 'late', new_owed: '1250.50', new_late: 6, new_paid: '2026-11-01', new_last: 1000 },
    });
    expect(bench.contact()).not.toHaveProperty('new_rentbalance');
    const [row] = [...bench.news().values()];
    expect(row?.fields).toEqual(dynamics365.mirror?.written(told, bench.account));
  });

  it('name a column that is not there', () => {
    const bench = new CrmBench();
    people.deleteColumn(bench.state, 'contact', 'new_rentdue');
    const says = expect.stringContaining('The table contact has no column new_rentdue');
    expect(bench.tell('standing', statusOf('L-1'))).toEqual({ value: [faultLike('rejected', says)] });
  });

  it('name the key that is missing and the privilege that was taken', () => {
    const bench = new CrmBench();
    people.setPrivilege(bench.state, 'Create contact', false);
    expect(bench.tell('standing', statusOf('L-1'))).toEqual({
      value: [faultLike('auth', expect.stringContaining('prvCreateContact'))],
    });
    people.deleteKey(bench.state, 'contact', `${KEY}_key`);
    expect(bench.tell('standing', statusOf('L-1'))).toEqual({
      value: [faultLike('rejected', expect.stringContaining('no alternate key'))],
    });
  });
});

describe('tasks', () => {
  const state = (bench: CrmBench) => bench.rows('task').map((row) => [row.subject, row.statecode, row.statuscode]);

  it('hang on the contact of their lease, which is made where it is not there', () => {
    const bench = new CrmBench();
    bench.done('task', taskOf('L-1'));
    const [task] = bench.rows('task');
    expect(task).toMatchObject({ regardingobjectid: bench.contact().id, scheduledend: '2026-12-08T12:00:00Z' });
    expect(task?.description).toBe('Owes 1,250.50\nFor bo@example.com');
    expect(bench.contact()).toMatchObject({ lastname: 'Lee', emailaddress1: 'ann@example.com' });
  });

  it('leave the contact alone that is there', () => {
    const bench = new CrmBench();
    bench.done('standing', statusOf('L-1'));
    people.editRow(bench.state, 'contact', String(bench.contact().id), { lastname: 'Lee-Park' }, bench.nowMs);
    bench.done('task', taskOf('L-1'));
    expect(bench.contact().lastname).toBe('Lee-Park');
  });

  it('close when the debt clears, and the same one opens again when the payment bounces', () => {
    const bench = new CrmBench();
    const [ref] = bench.done('task', taskOf('L-1'));
    expect(bench.done('task', taskOf('L-1', { state: 'closed', outcome: 'Paid' }))).toEqual([ref]);
    expect(state(bench)).toEqual([['Call about the rent', 1, 5]]);
    expect(bench.done('task', taskOf('L-1'))).toEqual([ref]);
    expect(state(bench)).toEqual([['Call about the rent', 0, 2]]);
  });

  it('that a clerk has done or canceled stay so when the debt clears', () => {
    const bench = new CrmBench();
    bench.done('task', taskOf('L-1'));
    people.editRow(
      bench.state,
      'task',
      String(bench.rows('task')[0]?.id),
      { statecode: 2, statuscode: 6 },
      bench.nowMs,
    );
    bench.done('task', taskOf('L-1', { state: 'closed' }));
    expect(state(bench)).toEqual([['Call about the rent', 2, 6]]);
  });

  it('that a clerk works on keep their status when they are told again', () => {
    const bench = new CrmBench();
    bench.done('task', taskOf('L-1'));
    people.editRow(bench.state, 'task', String(bench.rows('task')[0]?.id), { statuscode: 3 }, bench.nowMs);
    bench.done('task', taskOf('L-1', { title: 'Call once more' }));
    expect(state(bench)).toEqual([['Call once more', 0, 3]]);
  });

  it('that are not there are not made to be closed, and fail alone', () => {
    const bench = new CrmBench();
    const result = bench.tell('task', taskOf('L-1', { state: 'closed' }), taskOf('A?B'), taskOf('L-2'));
    expect(result).toEqual({
      value: ['none', faultLike('rejected', expect.any(String)), expect.stringMatching(/^[\da-f-]{36} /)],
    });
    expect(bench.rows('task')).toHaveLength(1);
  });
});

describe('setting up', () => {
  const seen = (bench: CrmBench): AccountSeen => {
    const result = bench.run((dynamics365.test as NonNullable<Connector['test']>)(bench.account));
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    return result.value;
  };

  it('finds the environment, and the types of the columns', () => {
    const bench = new CrmBench({ MAP_STANDING: 'jobtitle' });
    expect(seen(bench)).toEqual({
      name: 'rentledger.crm.dynamics.com',
      mode: 'live',
      found: { COLUMN_TYPES: 'jobtitle=String;new_rentbalance=Money;new_rentdue=DateTime' },
    });
  });

  it('names every column, key and switch that is missing', () => {
    const bench = new CrmBench({ MAP_UNPAID: 'donotemail' });
    people.deleteKey(bench.state, 'contact', `${KEY}_key`);
    people.deleteColumn(bench.state, 'contact', 'new_rentdue');
    bench.state.tables.contact!.tracksChanges = false;
    const { name } = seen(bench);
    expect(name).toContain(`no alternate key on ${KEY}`);
    expect(name).toContain('contacts have no column new_rentdue for Next due');
    expect(name).toContain('donotemail is of the type Boolean, which cannot hold Unpaid');
    expect(name).toContain('changes of contacts are not tracked');
    people.defineKey(bench.state, 'contact', [KEY], bench.nowMs);
    expect(seen(bench).name).toContain('is Pending');
    people.deleteKey(bench.state, 'contact', `${KEY}_key`);
    people.deleteColumn(bench.state, 'contact', KEY);
    expect(seen(bench).name).toContain(`contacts have no column ${KEY}`);
  });

  it('lists columns and price lists to choose from, and shows one real row', () => {
    const bench = new CrmBench();
    const list = (name: string) => {
      const result = bench.run(dynamics365.lists![name]!(bench.account));
      return 'fault' in result ? [] : result.value;
    };
    expect(list('fields')).toContainEqual({
      id: 'new_rentbalance',
      name: 'Rent balance (new_rentbalance)',
      note: 'Money',
    });
    expect(list('fields')).toContainEqual(expect.objectContaining({ id: 'fullname', note: 'String, cannot be used' }));
    expect(list('priceLists')).toEqual([{ id: guid, name: 'Rent' }]);
    const row = (of?: { leaseId: string; customer: string }) => {
      const result = bench.run(dynamics365.sample!(of, bench.account));
      return 'fault' in result ? result.fault : result.value;
    };
    expect(row()).toBeUndefined();
    bench.done('standing', statusOf('L-1'), statusOf('L-2', { residents: 'Bo Cruz' }));
    expect(row({ leaseId: 'L-9', customer: '' })).toBeUndefined();
    const fields = expect.arrayContaining([{ field: 'new_rentbalance', label: 'Rent balance', value: '1250.5' }]);
    expect(row({ leaseId: 'L-2', customer: '' })).toEqual({ id: guid, name: 'Bo Cruz', fields });
  });

  it('refuses an address that is no environment, a column that is none, and one column for two values', () => {
    for (const url of [
      '',
      'https://example.com',
      'http://a.crm.dynamics.com',
      'https://a.crm.dynamics.com.evil.example',
    ])
      expect(saying(() => originIn({ DYNAMICS_URL: url }))).toMatch(/^rejected: The environment is no address/);
    expect(originIn({ DYNAMICS_URL: ' contoso.crm4.dynamics.com/main.aspx' })).toBe(
      'https://contoso.crm4.dynamics.com',
    );
    expect(saying(() => contactAt({ DYNAMICS_KEY: 'x) or (1' }, 'L-1'))).toMatch(/is no logical name of a column/);
    const twice = { MAP_RENT: 'new_rentbalance' };
    expect(saying(() => dynamics365.mirror?.written(statusOf('L-1'), twice))).toMatch(/chosen for two values/);
  });
});

describe('signing in', () => {
  const reply = (number: number, status = 400) => ({
    status,
    headers: {},
    body: JSON.stringify({ error: 'invalid_client', error_codes: [number], error_description: 'x' }),
  });

  it('asks for a token of that environment, with the secret in the body', () => {
    const credentials = {
      DYNAMICS_URL: 'contoso.crm4.dynamics.com',
      DYNAMICS_TENANT: 't',
      DYNAMICS_CLIENT_ID: 'c',
      DYNAMICS_CLIENT_SECRET: 's',
    };
    const request = dynamics365.oauth?.request(credentials, { kind: 'client' });
    expect(request?.url).toBe('https://login.microsoftonline.com/t/oauth2/v2.0/token');
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      ...{ grant_type: 'client_credentials', client_id: 'c', client_secret: 's' },
      scope: 'https://contoso.crm4.dynamics.com/.default',
    });
  });

  it.each([
    [7000215, 'secret is not accepted'],
    [7000222, 'has expired'],
    [700016, 'no such application'],
    [90002, 'no such tenant'],
    [500011, 'no environment of this address'],
  ])('says what AADSTS%d means', (number, says) => {
    expect(dynamics365.oauth?.fault(reply(number))).toEqual(faultLike('auth', expect.stringContaining(says)));
    expect(dynamics365.oauth?.fault(reply(number))?.code).toBe(`AADSTS${number}`);
  });

  it('sends no token to another host, and tells a service that is down from a secret that is wrong', () => {
    const credentials = { DYNAMICS_URL: 'contoso.crm.dynamics.com', ACCESS_TOKEN: 'secret' };
    const request = {
      method: 'GET' as const,
      url: 'https://other.crm.dynamics.com/api/data/v9.0/contacts',
      headers: {},
    };
    expect(saying(() => sign(request, credentials))).toMatch(/another environment/);
    expect(dynamics365.oauth?.fault({ status: 503, headers: {}, body: '' })).toEqual(
      faultLike('down', expect.any(String)),
    );
    expect(dynamics365.oauth?.fault(reply(1))).toEqual(faultLike('auth', expect.stringContaining('Sign in again')));
  });
});

describe('batches', () => {
  it('are the same for the same content, and only reads may be repeated', () => {
    const account = { DYNAMICS_URL: 'a.crm.dynamics.com' };
    const read = () => batchRequest(account, [[{ method: 'GET', path: 'WhoAmI' }]]);
    expect(read()).toEqual(read());
    expect(read().reads).toBe(true);
    expect(batchRequest(account, [[{ method: 'PATCH', path: 'contacts(1)', body: {} }]]).reads).toBeUndefined();
  });

  it.each([
    ['an answer of another kind', 'application/json', '{}'],
    [
      'an answer that is cut off',
      'multipart/mixed; boundary=b',
      '--b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 200 OK',
    ],
    [
      'a part without a status',
      'multipart/mixed; boundary=b',
      '--b\r\nContent-Type: application/http\r\n\r\n{}\r\n--b--',
    ],
  ])('that bring %s are malformed', (_, type, body) => {
    expect(saying(() => answersIn({ status: 200, headers: { 'content-type': type }, body }))).toMatch(/^malformed/);
  });

  it('have ids of ours in the form of version 5, the same for the same cause', () => {
    expect(rowId('x')).toMatch(/^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/);
    expect(rowId('x')).toBe(rowId('x'));
    expect(rowId('x')).not.toBe(rowId('y'));
  });
});
