/** Pipedrive and its sandbox keep the laws, by an application's sign-in and by a personal token. */
import type { PipedriveState } from '../../local/vendors/pipedrive';
import { LEDGER_KEY } from '../../local/vendors/pipedrive/fields';
import type { Credentials } from '../../src/connectors/connector';
import { taskMark } from '../../src/connectors/told';
import { ACCESS_TOKEN } from '../../src/run/tokens';
import { holdsTheLaws, type Refusal, type Write } from './laws';
import { noteOf, PipedriveBench, rig, START, statusOf, taskOf } from './pipedrive-rig';

const payload = (told: object) => () => JSON.parse(JSON.stringify(told)) as Record<string, unknown>;

const writes: readonly Write[] = [
  {
    effect: 'standing',
    payload: payload(statusOf('L-2')),
    count: (state: PipedriveState) => state.deals.filter(({ custom }) => custom[LEDGER_KEY] === 'L-2').length,
  },
  {
    effect: 'task',
    payload: payload(taskOf('L-1')),
    count: ({ activities }: PipedriveState) =>
      activities.filter(({ members }) => String(members.note).includes(taskMark(taskOf('L-1')))).length,
  },
  {
    effect: 'receipt',
    payload: payload(noteOf('L-1')),
    count: ({ notes }: PipedriveState) => notes.filter(({ content }) => content.includes('RL-note-')).length,
  },
];

const API = 'https://maple-street.pipedrive.com';
const refusal = (name: string, status: number, says: RegExp, request: Refusal['request']): Refusal => ({
  ...{ name, status, says, request },
});
const call = (method: string, path: string, body?: object) => (credentials: Credentials) => ({
  method,
  url: `${API}${path}`,
  headers: {
    authorization: `Bearer ${credentials[ACCESS_TOKEN]}`,
    ...(body ? { 'content-type': 'application/json' } : {}),
  },
  body: body ? JSON.stringify(body) : '',
});

holdsTheLaws<PipedriveState>(
  rig({
    writes,
    refusals: [
      refusal('a missing token', 401, /unauthorized access/, () => ({
        ...{ method: 'GET', url: `${API}/api/v2/deals`, headers: {}, body: '' },
      })),
      refusal('a token in the address', 401, /unauthorized access/, () => ({
        ...{ method: 'GET', url: `${API}/api/v2/deals?api_token=x`, headers: {}, body: '' },
      })),
      refusal('a deal of v1', 404, /Unknown method/, call('GET', '/v1/deals')),
      refusal(
        'a moment with a fraction',
        400,
        /updated_since/,
        call('GET', '/api/v2/deals?updated_since=2026-12-01T00:00:00.5Z'),
      ),
      refusal('a deal without a title', 400, /title: missing/, call('POST', '/api/v2/deals', {})),
      refusal(
        'a field at the top of a deal',
        400,
        /unknown/,
        call('PATCH', '/api/v2/deals/1', { [LEDGER_KEY]: 'L-1' }),
      ),
      refusal('a note about nothing', 400, /deal_id/, call('POST', '/v1/notes', { content: 'x' })),
    ],
  }),
);

describe('changes read from Pipedrive', () => {
  /** So many leases that each list has several pages. */
  const many = (bench: PipedriveBench, count: number): string[] => {
    const leases = Array.from({ length: count }, (_, at) => `M-${at}`);
    for (let at = 0; at < count; at += 20) bench.tell(...leases.slice(at, at + 20).map((lease) => statusOf(lease)));
    return leases;
  };

  it('are drained over many pages, and each lease reads back as it was written', () => {
    const bench = new PipedriveBench();
    const leases = many(bench, 210);
    const { rows, faults, states } = bench.changes();
    expect(faults).toEqual([]);
    expect(states.length).toBeGreaterThan(4);
    const { mirror } = bench.rig.connector;
    for (const lease of leases) {
      const status = statusOf(lease);
      expect(rows.get(lease)).toEqual({
        id: String(bench.dealOf(lease).id),
        leaseId: lease,
        changedAt: expect.any(Number),
        email: status.email,
        phone: status.phone,
        fields: mirror!.written(status, bench.account),
      });
    }
    expect(rows.size).toBe(leases.length + 1);
  });

  it('go on from any page, and a page that is read twice says the same', () => {
    const bench = new PipedriveBench();
    many(bench, 210);
    const { states, rows } = bench.changes();
    for (const from of [undefined, ...states.slice(0, -1)]) {
      bench.seen = from;
      const first = bench.pullMirror();
      bench.seen = from;
      expect(bench.pullMirror().rows).toEqual(first.rows);
      for (const row of bench.changes().rows.values()) expect(rows.get(row.leaseId)).toEqual(row);
    }
  });

  it('are not lost where one shows late inside the overlap, and old ones are not told for ever', () => {
    const bench = new PipedriveBench();
    bench.tell(statusOf('L-2'));
    bench.changes();
    bench.wait(3600);
    const late = bench.nowMs;
    bench.changes();
    const deal = bench.dealOf('L-2');
    Object.assign(deal, { stage: 4, updatedMs: late - 60_000 });
    expect(bench.changes().rows.get('L-2')?.fields.Stage).toBe('Paid');
    bench.wait(3600);
    bench.changes();
    expect([...bench.changes().rows]).toEqual([]);
  });

  it('move the watermark after a full drain only', () => {
    const bench = new PipedriveBench();
    many(bench, 120);
    const { states } = bench.changes();
    const since = states.map((state) => Number(state.since));
    expect(new Set(since.slice(0, -1))).toEqual(new Set([START - 86_400_000]));
    expect(since.at(-1)).toBeGreaterThan(START - 86_400_000);
  });

  it.each([
    ['the window is full', 429, { 'x-ratelimit-reset': '2' }, 2],
    ['a search has to wait', 429, { 'retry-after': '10', 'x-ratelimit-reset': '10' }, 10],
    ['the day is spent', 429, { 'x-daily-ratelimit-token-remaining': '0' }, 3600],
  ])('end as busy when %s', (_, status, headers, seconds) => {
    const bench = new PipedriveBench();
    bench.answer = () => ({ status, headers: { 'content-type': 'application/json', ...headers }, body: '{}' });
    const flow = bench.rig.connector.mirror!.pull!(undefined, {
      ...{ since: START as never, now: bench.nowMs as never, account: bench.account },
    });
    expect(bench.run(flow)).toMatchObject({ fault: { fault: 'busy', retryAfterSeconds: seconds } });
    expect(bench.sent).toHaveLength(1);
  });

  it('tell a row that cannot be read as a named fault, and the others all the same', () => {
    const bench = new PipedriveBench();
    bench.tell(statusOf('L-2'), statusOf('L-3'));
    const spoilt = bench.dealOf('L-3').id;
    bench.answer = (_request, reply) => {
      const given = bench.slowly(reply);
      const body = given.body.replace(new RegExp(`("id":${spoilt},"title".*?"stage_id":)\\d+`), '$1"late"');
      return { ...given, body };
    };
    const { rows, faults } = bench.changes();
    expect(rows.has('L-2')).toBe(true);
    expect(rows.has('L-3')).toBe(false);
    expect(faults).toContainEqual({
      about: `deal ${spoilt}`,
      fault: expect.objectContaining({ fault: 'malformed', message: expect.stringContaining('stage_id is "late"') }),
    });
  });

  it('and all else holds no secret', () => {
    const bench = new PipedriveBench();
    bench.tell(statusOf('L-2'));
    bench.send('task', taskOf('L-1'));
    bench.send('receipt', noteOf('L-1'));
    bench.changes();
    bench.wait(7200);
    bench.changes();
    expect(bench.renewals).toBe(1);
    const text = JSON.stringify(bench.har.toJSON());
    for (const secret of ['v1u:', '1:1:', 'pd-secret', 'pd-token'])
      expect([secret, text.includes(secret)]).toEqual([secret, false]);
  });
});
