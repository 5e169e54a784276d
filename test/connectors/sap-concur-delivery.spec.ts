/** What SAP Concur tells of receipts that were posted: all of them in few calls, each with its own end, and what cannot be read named. */

import { sapConcur } from '../../local/vendors/sap-concur';
import * as people from '../../local/vendors/sap-concur/people';
import { ConcurBench, SECOND } from './sap-concur-rig';

const MINUTE = 60 * SECOND;
const DAY = 86_400_000;
const V1 = { SAP_CONCUR_API: 'image v1' };

const statusCalls = (one: ConcurBench) => one.sent.filter(({ url }) => url.endsWith('/receipts/v4/status')).length;

describe('receipts that were posted', () => {
  it('are all heard of, over many calls of fifty', () => {
    const one = new ConcurBench();
    const refs = one.postMany(120);
    one.nowMs += MINUTE;
    expect(one.news()).toEqual(refs.map((ref) => `${ref} delivered`));
    expect(statusCalls(one)).toBe(3);
  });

  it('bring no news while SAP works on them, and the same news twice after that', () => {
    const one = new ConcurBench();
    one.postMany(2);
    expect(one.news()).toEqual([]);
    one.nowMs += 10 * SECOND;
    expect(one.news()).toEqual([]);
    one.nowMs += MINUTE;
    const first = one.look();
    expect([one.news().length, one.look()]).toEqual([2, first]);
  });

  it('that fail say why', () => {
    const one = new ConcurBench();
    people.failConcurImaging(one.state);
    const [bad, good] = one.postMany(2);
    one.nowMs += MINUTE;
    expect(one.news()).toEqual([
      `${good} delivered`,
      `${bad} failed: Error from Imaging service. Queued for reprocessing.`,
    ]);
  });

  it('that fail and have no story are told as failed all the same', () => {
    const one = new ConcurBench();
    people.failConcurImaging(one.state);
    one.postMany(1);
    one.nowMs += MINUTE;
    one.answer = (request, reply) =>
      request.method === 'GET' ? { status: 200, headers: {}, body: '{"status":"FAILED"}' } : reply();
    expect(one.news()).toEqual([expect.stringMatching(/ failed: SAP Concur could not process it\.$/)]);
  });

  it('are unknown once SAP tells of them no more', () => {
    const one = new ConcurBench();
    const [ref] = one.postMany(1);
    one.nowMs += 14 * DAY;
    expect(one.news()).toEqual([`${ref} unknown: SAP Concur tells of a receipt for two weeks.`]);
  });

  it('with a status that nobody knows are a named fault, and the others are read', () => {
    const one = new ConcurBench();
    const [first, second] = one.postMany(2);
    one.nowMs += MINUTE;
    one.answer = (request, reply) => {
      const given = reply();
      return /\/v4\/status$/.test(request.url)
        ? { ...given, body: given.body.replace('"PROCESSED"', '"ARCHIVED"') }
        : given;
    };
    const result = one.look();
    expect(result).toMatchObject({
      value: {
        delivered: [{ ref: second, state: 'delivered' }],
        faults: [
          { about: `receipt ${first}`, fault: { fault: 'malformed', message: expect.stringContaining('ARCHIVED') } },
        ],
      },
    });
  });

  it('that this sign-in may not see are a named fault', () => {
    const company = new ConcurBench();
    const [ref] = company.postMany(1);
    const user = new ConcurBench('user');
    user.state.receipts.push(
      ...company.state.receipts.map((each) => ({ ...each, user: company.state.users[1]?.id ?? '' })),
    );
    user.heard(ref ?? '');
    expect(user.look()).toMatchObject({ value: { delivered: [], faults: [{ about: `receipt ${ref}` }] } });
  });

  it('are not asked after when none is open', () => {
    const one = new ConcurBench();
    expect([one.news(), one.sent]).toEqual([[], []]);
  });
});

describe('images of the older service', () => {
  it('are there, or are not', () => {
    const one = new ConcurBench('user', V1);
    const refs = one.postMany(12);
    one.state.images = one.state.images.slice(1);
    const [gone, ...others] = refs;
    expect(one.news()).toEqual([`${gone} failed: It is not there.`, ...others.map((ref) => `${ref} delivered`)]);
  });

  it('are heard of beside receipts of the newer one, when the owner has changed over', () => {
    const one = new ConcurBench('user', V1);
    const [image = ''] = one.postMany(1);
    const later = new ConcurBench('user');
    later.state.images.push(...one.state.images);
    later.heard(image);
    const [ref] = later.postMany(1);
    later.nowMs += MINUTE;
    expect(later.news().sort()).toEqual([`${ref} delivered`, `${image} delivered`].sort());
  });

  it('that cannot be read are a named fault, and the others are heard of', () => {
    const one = new ConcurBench('user', V1);
    const [first, second] = one.postMany(2);
    one.answer = (request, reply) =>
      request.url.endsWith(first?.replace('image:', '') ?? '') ? { status: 400, headers: {}, body: '' } : reply();
    expect(one.look()).toMatchObject({
      value: { delivered: [{ ref: second }], faults: [{ about: first, fault: { fault: 'rejected' } }] },
    });
  });
});

describe('a look', () => {
  it('ends as busy at 429, for as long as Retry-After says, and nothing more is asked', () => {
    const one = new ConcurBench();
    one.postMany(120);
    const before = one.sent.length;
    one.answer = () => ({ status: 429, headers: { 'retry-after': '37' }, body: '' });
    expect(one.look()).toMatchObject({ fault: { fault: 'busy', retryAfterSeconds: 37 } });
    expect(one.sent.length - before).toBeLessThanOrEqual(3);
  });

  it('renews a token that has ended', () => {
    const one = new ConcurBench();
    const [ref] = one.postMany(1);
    one.nowMs += MINUTE;
    people.endConcurAccess(one.state, one.nowMs);
    expect(one.news()).toEqual([`${ref} delivered`]);
  });

  it('with no answer is a fault of the platform', () => {
    const one = new ConcurBench();
    one.postMany(1);
    one.answer = () => new Error('Address unavailable');
    expect(one.look()).toMatchObject({ fault: { fault: 'down' } });
  });

  it('leaves no secret in any line that is recorded', () => {
    const one = new ConcurBench();
    one.postMany(2);
    one.nowMs += MINUTE;
    one.news();
    const text = JSON.stringify(one.har.toJSON());
    const tokens = [...Object.keys(one.state.oauth.access), ...Object.keys(one.state.oauth.refresh)];
    expect(tokens.filter((token) => text.includes(token))).toEqual([]);
    expect(tokens.length).toBeGreaterThan(1);
    expect(sapConcur.hosts).toContain('us2.api.concursolutions.com');
  });
});
