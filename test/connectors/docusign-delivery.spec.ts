/** What became of envelopes: read in the order of the changes, to the end, twice the same, and nothing passed over. */
import * as people from '../../local/vendors/docusign/people';
import { docusign } from '../../src/connectors/docusign';
import type { OpenMessage } from '../../src/connectors/messages';
import { instant } from '../../src/domain/values';
import { ANNE, Bench, BOB, DAY, foreign, leaseOffer, MANAGER, MINUTE, onePerson, START } from './docusign-office';

const single = leaseOffer(onePerson);

/** So many leases, one a minute; gives their ids. */
function many(bench: Bench, count: number): string[] {
  bench.nowMs += MINUTE;
  const first = bench.sends('lease', single, 'many');
  const [model] = bench.state.envelopes.filter((one) => one.envelopeId === first);
  return Array.from({ length: count }, (_, at) => {
    if (at === 0) return first;
    bench.nowMs += MINUTE;
    const envelopeId = first.replace(/^\d{8}/, String(90_000_000 + at));
    const moments = { createdMs: bench.nowMs, sentMs: bench.nowMs, changedMs: bench.nowMs, modifiedMs: bench.nowMs };
    bench.state.envelopes.push({ ...structuredClone(model!), ...moments, envelopeId });
    return envelopeId;
  });
}

/** Signs for the resident and for the manager. */
function signed(bench: Bench, id: string): void {
  for (const email of [ANNE, MANAGER]) people.signEnvelope(bench.state, id, email, bench.nowMs);
}

const openOf = (bench: Bench): OpenMessage[] =>
  bench.state.envelopes.map((one) => ({
    ref: one.envelopeId,
    kind: 'lease',
    to: ANNE,
    sentAt: instant(one.createdMs),
  }));

describe('what is told of an envelope', () => {
  it('is that it was sent, opened by all, and signed, with the day of the last signature', () => {
    const bench = new Bench();
    const id = bench.sends('lease');
    expect(bench.news().last).toEqual(new Map([[id, 'sent']]));
    bench.nowMs += 20 * MINUTE;
    for (const email of [ANNE, BOB]) people.viewEnvelope(bench.state, id, email, bench.nowMs);
    // The manager has not opened it: for DocuSign it is not delivered yet.
    expect(bench.news().last.get(id)).not.toBe('opened');
    for (const email of [ANNE, BOB]) people.signEnvelope(bench.state, id, email, bench.nowMs);
    bench.nowMs = START + 3 * DAY - MINUTE;
    people.viewEnvelope(bench.state, id, MANAGER, bench.nowMs);
    expect(bench.news().last.get(id)).toBe('opened');
    people.signEnvelope(bench.state, id, MANAGER, bench.nowMs);
    bench.nowMs += DAY;
    const { delivered, faults } = bench.news();
    expect(faults).toEqual([]);
    expect(delivered).toEqual([{ ref: id, state: 'signed', at: START + 3 * DAY - MINUTE, detail: '' }]);
  });

  it('is who declined and why, and with which reason it was voided', () => {
    const bench = new Bench();
    const [declined, voided] = [bench.sends('lease', single, 'a'), bench.sends('lease', single, 'b')];
    people.declineEnvelope(bench.state, declined, ANNE, 'The rent is wrong', bench.nowMs);
    people.voidByHand(bench.state, voided, 'Moved out', bench.nowMs);
    expect(bench.news().delivered).toEqual([
      expect.objectContaining({ ref: declined, state: 'declined', detail: 'Anne Charleston: The rent is wrong' }),
      expect.objectContaining({ ref: voided, state: 'voided', detail: 'Moved out' }),
    ]);
  });

  it('is that it expired, which is not the same as that somebody voided it', () => {
    const bench = new Bench();
    const id = bench.sends('lease', single);
    bench.news();
    bench.nowMs += 40 * DAY;
    expect(bench.news().delivered).toEqual([
      { ref: id, state: 'expired', at: START + 30 * DAY, detail: 'Envelope has expired.' },
    ]);
  });

  it('is that the mail to a signer came back, by the address', () => {
    const bench = new Bench();
    const id = bench.sends('lease');
    people.bounceMail(bench.state, id, BOB, bench.nowMs);
    expect(bench.news().delivered).toEqual([
      expect.objectContaining({ ref: id, state: 'sent' }),
      expect.objectContaining({ address: BOB, state: 'bounced', detail: expect.stringContaining('no such mailbox') }),
    ]);
  });

  it('is nothing while the owner corrects it, and nothing of what is not ours', () => {
    const bench = new Bench();
    const [ours, theirs] = [bench.sends('lease', single, 'a'), foreign(bench, 'b')];
    people.beginCorrection(bench.state, ours, bench.nowMs);
    people.voidByHand(bench.state, theirs, 'x', bench.nowMs);
    expect(bench.news()).toMatchObject({ delivered: [], faults: [] });
    people.endCorrection(bench.state, ours, bench.nowMs);
    expect(bench.news().last).toEqual(new Map([[ours, 'sent']]));
  });

  it.each([
    ['created', undefined],
    ['signed', undefined],
    ['processing', undefined],
    ['deleted', 'voided'],
    ['timedout', 'expired'],
  ])('in the status %s is %s', (status, state) => {
    const bench = new Bench();
    bench.sends('lease', single);
    Object.assign(bench.state.envelopes[0]!, { status });
    const { delivered, faults } = bench.news();
    expect(faults).toEqual([]);
    expect(delivered[0]?.state).toBe(state);
  });

  it('in a status that nobody has documented is a named fault, and the others are read', () => {
    const bench = new Bench();
    const ids = many(bench, 3);
    Object.assign(bench.state.envelopes[1]!, { status: 'notarised' });
    const { last, faults } = bench.news(openOf(bench));
    expect([...last.keys()]).toEqual([ids[0], ids[2]]);
    expect(faults).toEqual([
      {
        about: `envelope ${ids[1]}`,
        fault: expect.objectContaining({ fault: 'malformed', message: expect.stringContaining('"notarised"') }),
      },
    ]);
  });
});

describe('the feed', () => {
  it('drains many pages, each envelope once', () => {
    const bench = new Bench();
    const ids = many(bench, 205);
    const { delivered, states } = bench.news(openOf(bench));
    expect(states.length).toBeGreaterThan(3);
    expect(new Set(delivered.map(({ ref }) => ref))).toEqual(new Set(ids));
  });

  it('reads the same page twice and finds the same', () => {
    const bench = new Bench();
    many(bench, 5);
    const before = bench.place;
    const first = bench.page(openOf(bench));
    bench.place = before;
    expect(bench.page(openOf(bench)).delivered).toEqual(first.delivered);
  });

  it('goes on from any page', () => {
    const bench = new Bench();
    const ids = many(bench, 205);
    const { states, delivered } = bench.news(openOf(bench));
    for (const [at, from] of states.entries()) {
      const again = new Bench();
      expect(many(again, 205)).toEqual(ids);
      again.place = from;
      const rest = again.news(openOf(again)).last;
      const before = delivered.slice(0, 100 * at).map(({ ref }) => ref);
      expect(new Set([...before, ...rest.keys()])).toEqual(new Set(ids));
    }
  });

  it('loses nothing where many changed at one moment', () => {
    const bench = new Bench();
    const ids = many(bench, 230);
    bench.news(openOf(bench));
    bench.nowMs += DAY;
    for (const id of ids) people.voidByHand(bench.state, id, 'The house is sold', bench.nowMs);
    bench.nowMs += MINUTE;
    const { last, faults } = bench.news();
    expect(faults).toEqual([]);
    expect(last).toEqual(new Map(ids.map((id) => [id, 'voided'])));
  });

  it('loses nothing that changes while its pages are read', () => {
    const bench = new Bench();
    const ids = many(bench, 205);
    const seen = new Map<string, string>();
    const take = (page: { delivered: readonly { ref?: string; state: string }[]; more: boolean }) => {
      for (const one of page.delivered) seen.set(one.ref ?? '', one.state);
      return page.more;
    };
    take(bench.page(openOf(bench)));
    // What stood on the first page moves behind all others.
    bench.nowMs += MINUTE;
    for (const id of ids.slice(0, 50)) people.voidByHand(bench.state, id, 'x', bench.nowMs);
    while (take(bench.page()));
    expect(seen.size).toBe(205);
    expect([...seen.values()].filter((state) => state === 'voided')).toHaveLength(50);
  });

  it('an empty page in the middle is not the end', () => {
    const bench = new Bench();
    const ids = many(bench, 205);
    let emptied = false;
    bench.answer = (request, reply) => {
      const given = reply();
      if (emptied || !request.url.includes('from_date')) return given;
      emptied = true;
      const body = JSON.parse(given.body) as object;
      return { ...given, body: JSON.stringify({ ...body, envelopes: [], resultSetSize: '0' }) };
    };
    const { last } = bench.news(openOf(bench));
    expect(emptied).toBe(true);
    // What stood on the page that came empty is met again by a feed that begins anew; what follows it is there now.
    expect(last.size).toBeGreaterThanOrEqual(105);
    expect([...last.keys()].every((id) => ids.includes(id))).toBe(true);
  });

  it('a second look finds nothing new, and what shows late inside the overlap is not lost', () => {
    const bench = new Bench();
    const ids = many(bench, 3);
    const before = bench.news(openOf(bench)).last;
    bench.nowMs += 20 * MINUTE;
    for (const [id, state] of bench.news().last) expect(before.get(id)).toBe(state);
    // It happened ten minutes ago, and is listed only now.
    people.voidByHand(bench.state, ids[1]!, 'x', bench.nowMs - 10 * MINUTE);
    bench.nowMs += 20 * MINUTE;
    expect(bench.news().last).toEqual(new Map([[ids[1], 'voided']]));
    bench.nowMs += DAY;
    signed(bench, ids[0]!);
    expect(bench.news().last.get(ids[0]!)).toBe('signed');
  });

  it('begins with the oldest envelope that is out, however long ago that was sent', () => {
    const bench = new Bench();
    const id = bench.sends('lease', single);
    signed(bench, id);
    bench.nowMs += 12 * DAY;
    expect(bench.news([]).last.size).toBe(0);
    bench.place = undefined;
    expect(bench.news(openOf(bench)).last.get(id)).toBe('signed');
  });

  it('is read every twenty minutes, and sooner when DocuSign posts', () => {
    const { deliveries } = docusign;
    expect(deliveries?.everyMinutes).toBe(20);
    const proof = { now: instant(START), hmac: () => undefined };
    expect(deliveries?.byHint?.({ event: 'envelope-completed', data: { envelopeId: 'x' } }, proof)).toBe(true);
    expect(deliveries?.byHint?.({ event: 'something' }, proof)).toBe(false);
  });
});

describe('the wire', () => {
  it('waits as long as Retry-After says and asks nothing more', () => {
    const bench = new Bench();
    let asked = 0;
    bench.answer = () => {
      asked++;
      return { status: 429, headers: { 'retry-after': '37' }, body: '{}' };
    };
    expect(bench.look()).toMatchObject({ fault: { fault: 'busy', retryAfterSeconds: 37 } });
    expect(asked).toBe(1);
  });

  it('401 renews the token once and goes on', () => {
    const bench = new Bench();
    const id = bench.sends('lease', single);
    let refused = false;
    bench.answer = (request, reply) => {
      if (refused || request.url.includes('/oauth/')) return reply();
      refused = true;
      return { status: 401, headers: { 'content-type': 'application/json' }, body: '{}' };
    };
    expect(bench.news().last.get(id)).toBe('sent');
    expect(bench.renewals).toBe(1);
  });

  it.each([
    ['cut in the middle', (body: string) => body.slice(0, body.length / 2)],
    ['a list', () => '[]'],
    ['without counts', (body: string) => body.replace(/resultSetSize/, 'size')],
  ])('an answer that is %s is malformed, and the place stays', (_name, spoil) => {
    const bench = new Bench();
    bench.sends('lease', single);
    bench.answer = (_request, reply) => {
      const given = reply();
      return { ...given, body: spoil(given.body) };
    };
    expect(bench.look()).toMatchObject({ fault: { fault: 'malformed' } });
    bench.answer = (_request, reply) => reply();
    expect(bench.news().last.size).toBe(1);
  });

  it('shows no key, no assertion and no token in a recording', () => {
    const bench = new Bench();
    bench.nowMs += 2 * 3_600_000;
    bench.sends('lease', single);
    bench.news();
    const bytes = JSON.stringify(bench.har.toJSON());
    for (const secret of ['ds-at-', 'BEGIN', 'eyJ', ...(bench.credentials.DOCUSIGN_PRIVATE_KEY ?? '').split('\n')])
      if (secret !== '') expect([secret, bytes.includes(secret)]).toEqual([secret, false]);
  });
});
