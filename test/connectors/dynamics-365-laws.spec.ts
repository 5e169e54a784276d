/** Dynamics 365 and its sandbox keep the laws: whatever answer is lost, each row is there once. */
import type { DynamicsState } from '../../local/vendors/dynamics-365';
import { addRow, editRow, removeRow, throttle } from '../../local/vendors/dynamics-365/people';
import { dynamics365 } from '../../src/connectors/dynamics-365';
import { itIfPublished } from '../vendors/published';
import { checkHar } from './dynamics-365-har';
import {
  ask,
  CrmBench,
  creditOf,
  faultLike,
  INVOICE,
  invoiceOf,
  KEY,
  paymentOf,
  rigWith,
  statusOf,
  taskOf,
} from './dynamics-365-rig';
import { holdsTheLaws } from './laws';

const payload = (told: object) => () => JSON.parse(JSON.stringify(told)) as Record<string, unknown>;
const counted = (table: string) => (state: DynamicsState) => state.rows[table]!.length;

holdsTheLaws<DynamicsState>(
  rigWith({
    writes: [
      { effect: 'standing', payload: payload(statusOf('L-1')), count: counted('contact') },
      { effect: 'standing', payload: payload(statusOf('L-1', { contact: 'keep' })), count: counted('contact') },
      { effect: 'task', payload: payload(taskOf('L-1')), count: counted('task') },
      { effect: 'invoice', payload: payload(invoiceOf()), count: counted('invoicedetail') },
    ],
    refusals: [
      { name: 'a token of nobody', status: 401, says: /^$/, request: () => ask('GET', 'WhoAmI', {}) },
      {
        name: 'a column that is not there',
        status: 400,
        says: /does not exist on type/,
        request: (credentials) => ask('POST', 'contacts', credentials, { shoesize: 9 }),
      },
      {
        name: 'a key that is none',
        status: 400,
        says: /key in the request URI is not valid/,
        request: (credentials) => ask('PATCH', "contacts(employeeid='1')", credentials, { firstname: 'Bo' }),
      },
      {
        name: 'a set that is not there',
        status: 404,
        says: /Resource not found for the segment/,
        request: (credentials) => ask('GET', 'leases', credentials),
      },
    ],
  }),
);

describe('with an invoice there', () => {
  const withInvoice = (): DynamicsState => {
    const bench = new CrmBench();
    bench.done('invoice', invoiceOf());
    return bench.state;
  };
  const rig = rigWith();
  const start = (nowMs: number) => {
    const one = rig.start(nowMs);
    const { rows } = withInvoice();
    return { ...one, state: Object.assign(one.state, { rows }) };
  };

  holdsTheLaws<DynamicsState>({
    ...rig,
    start,
    refusals: [
      {
        name: 'an invoice of nobody',
        status: 400,
        says: /You should specify a parent contact or account/,
        request: (credentials) => ask('POST', 'invoices', credentials, { name: 'Rent' }),
      },
    ],
    writes: [
      {
        effect: 'payment',
        payload: payload(paymentOf()),
        count: ({ rows }: DynamicsState) => String(rows.invoice![0]!.values.description ?? '').split('RP-').length - 1,
      },
      {
        effect: 'credit',
        payload: payload(creditOf()),
        count: ({ rows }: DynamicsState) =>
          rows.invoicedetail!.filter((row) => Number(row.values.priceperunit) < 0).length,
      },
    ],
  });
});

/** What people there may do to rows of ours, and what the feed then tells. */
describe('the feed of the mirror', () => {
  const many = (bench: CrmBench, count: number) =>
    bench.done('standing', ...Array.from({ length: count }, (_, at) => statusOf(`L-${at + 1}`)));

  it('reads back what was written, so that nothing of ours looks like a change by a person', () => {
    const bench = new CrmBench();
    const told = [
      statusOf('L-1'),
      statusOf('L-2', { balanceCents: 100_000 as never, standing: 'paid', nextDue: '' }),
      statusOf('L-3', { balanceCents: -5 as never }),
    ];
    bench.done('standing', ...told);
    const rows = [...bench.news().values()];
    for (const status of told) {
      const row = rows.find((each) => each.leaseId === status.leaseId);
      expect(row?.fields).toEqual(dynamics365.mirror?.written(status, bench.account));
    }
  });

  it('drains many pages, leaves out rows that are not ours, and reading a page twice gives the same', () => {
    const bench = new CrmBench();
    many(bench, 30);
    for (let at = 0; at < 1200; at++) addRow(bench.state, 'contact', { lastname: `Other ${at}` }, bench.nowMs);
    many(bench, 30);
    const first = bench.look();
    expect(first.more).toBe(true);
    bench.place = undefined;
    expect(bench.look().rows).toEqual(first.rows);
    bench.place = undefined;
    expect([...bench.news().values()].map((row) => row.leaseId).sort()).toHaveLength(30);
    expect(bench.news().size).toBe(0);
  });

  it('goes on from any page, and loses no change that was made between two of them', () => {
    const bench = new CrmBench();
    for (let at = 0; at < 1500; at++) addRow(bench.state, 'contact', { lastname: 'x', [KEY]: `L-${at}` }, bench.nowMs);
    const first = bench.look();
    const [some] = bench.state.rows.contact!;
    editRow(bench.state, 'contact', some!.id, { mobilephone: '+1 555 0199' }, bench.nowMs);
    const rest = bench.news();
    expect(first.rows.length + rest.size).toBeGreaterThanOrEqual(1500);
    const after = new Map([...rest, ...bench.news()]);
    expect(after.get(some!.id)?.phone).toBe('+1 555 0199');
  });

  it('tells what a clerk typed over, deactivated and deleted', () => {
    const bench = new CrmBench();
    many(bench, 3);
    bench.news();
    const [one, two, three] = bench.state.rows.contact!.map((row) => row.id) as [string, string, string];
    editRow(bench.state, 'contact', one, { new_rentbalance: 7, emailaddress1: 'new@example.com' }, bench.nowMs);
    editRow(bench.state, 'contact', two, { statecode: 1, statuscode: 2 }, bench.nowMs);
    removeRow(bench.state, 'contact', three, bench.nowMs);
    const news = bench.news();
    expect(news.get(one)).toMatchObject({ email: 'new@example.com', fields: { new_rentbalance: '7' } });
    expect(news.get(two)).toMatchObject({ leaseId: 'L-2', gone: true });
    expect(news.get(three)).toEqual({ id: three, leaseId: '', changedAt: expect.any(Number), fields: {}, gone: true });
  });

  it('begins anew where its link has ended, or where other columns are wanted', () => {
    const bench = new CrmBench();
    many(bench, 2);
    bench.news();
    bench.nowMs += 8 * 86_400_000;
    expect(bench.news().size).toBe(2);
    expect(bench.news().size).toBe(0);
    bench.place = { ...bench.place, select: 'contactid' } as never;
    expect(bench.news().size).toBe(2);
  });

  it('names a contact whose state nobody has documented, and reads the others', () => {
    const bench = new CrmBench();
    many(bench, 3);
    bench.state.rows.contact![1]!.values.statecode = 9;
    const page = bench.look();
    expect(page.rows).toHaveLength(2);
    expect(page.faults).toMatchObject([{ about: bench.state.rows.contact![1]!.id, fault: { fault: 'malformed' } }]);
  });
});

describe('the limits of the service', () => {
  it.each(['requests', 'time', 'concurrency'] as const)('of %s end as busy, with the seconds to wait', (limit) => {
    const bench = new CrmBench();
    throttle(bench.state, limit, 100, bench.nowMs);
    expect(bench.tell('standing', statusOf('L-1'))).toMatchObject({ fault: { fault: 'busy', retryAfterSeconds: 40 } });
    bench.nowMs += 60_000;
    expect(bench.done('standing', statusOf('L-1'))).toHaveLength(1);
  });
});

describe('secrets and shapes', () => {
  const toured = (): CrmBench => {
    const bench = new CrmBench();
    bench.done('standing', statusOf('L-1'), statusOf('L-2', { contact: 'keep' }));
    bench.done('task', taskOf('L-1'), taskOf('L-2', { state: 'closed' }));
    bench.done('invoice', invoiceOf());
    bench.done('payment', paymentOf());
    bench.done('credit', creditOf());
    bench.news();
    return bench;
  };

  it('leave nothing in the recording that opens a door', () => {
    const bench = toured();
    const text = JSON.stringify(bench.har.toJSON());
    expect(text).toContain(INVOICE);
    for (const name of ['DYNAMICS_CLIENT_SECRET', 'ACCESS_TOKEN'])
      expect([name, text.includes(bench.credentials[name] ?? name)]).toEqual([name, false]);
  });

  itIfPublished('fit what Microsoft publishes, inside batches too', () => {
    expect(checkHar(toured().har.toJSON())).toEqual([]);
  });

  it('fail one row for what is wrong with it, and no other', () => {
    const bench = new CrmBench();
    expect(bench.tell('standing', statusOf('L-1'), statusOf('A/B'), { leaseId: 'L-3' })).toEqual({
      value: [
        expect.any(String),
        faultLike('rejected', expect.stringContaining('no key with "/" in it')),
        faultLike('malformed', expect.stringContaining('payload')),
      ],
    });
    expect(bench.state.rows.contact).toHaveLength(1);
  });
});
