/** Posts of message platforms: one that is genuine makes the next look come soon, once; one that is not changes nothing. */
import { answerRequest, tick } from '../../local/vendors/azure-logic-apps/people';
import * as mailgun from '../../local/vendors/mailgun/people';
import { US_DOMAIN } from '../../local/vendors/mailgun/state';
import { askApi, ELM, leapTo, leaseOf, MINUTE, smallWorld, standAt, tabOf, type World } from '../worlds';
import { azureState, connectTo, mailgunState, newYork } from './carriers-world';

const FIRST = '2026-12-01';

/** A reminder has just left by Mailgun, to a mailbox that is gone; both platforms know where to post to. */
const base = (() => {
  const world = smallWorld({
    on: '2026-11-25',
    properties: [{ ...ELM, 'Mail by': 'mailgun' }],
    leases: [leaseOf('L-1'), leaseOf('L-2')],
  });
  connectTo(world, 'mailgun', 'azure-logic-apps');
  const { query } = askApi<{ query: string }>(world, 'webhookAddress', [{ platform: 'mailgun' }]);
  mailgun.registerWebhook(mailgunState(world), US_DOMAIN, `https://script.google.com/macros/s/x/exec?${query}`);
  leapTo(world, newYork('2026-11-25', '20:00'));
  mailgun.takePosts(mailgunState(world), world.now);
  mailgun.breakMailbox(mailgunState(world), 'l-1@example.com', 'gone');
  for (const time of ['00:20', '08:05'] as const) leapTo(world, newYork(FIRST, time));
  return world;
})();

interface Post {
  readonly url: string;
  readonly body: string;
}

const receive = (world: World, { url, body }: Post): string =>
  world.doPost({ parameters: Object.fromEntries(new URL(url).searchParams), body, type: 'application/json' }).body;
const resumes = (world: World) => world.triggers.filter((one) => one.handler === 'resume' && one.nextMs !== undefined);
/** What a post may change: the sheet, the properties and the triggers; not how often the clock was read. */
const traces = (world: World) =>
  JSON.stringify([world.workbook, world.properties, world.triggers.map((one) => one.handler)]);
const deliveryOf = (world: World, lease: string) =>
  tabOf(world, 'Outbox').find((row) => row['Lease ID'] === lease && row.Kind === 'due-today')?.Delivery ?? '';

/** Mailgun has news, and posts them. */
function posted(world: World): Post {
  standAt(world, world.now + 2 * MINUTE);
  const post = mailgun.takePosts(mailgunState(world), world.now).find(({ body }) => /"event":"failed"/.test(body));
  if (!post) throw new Error('Mailgun has posted nothing');
  return post;
}

interface Signed {
  readonly signature: Readonly<Record<'token' | 'timestamp' | 'signature', string>>;
  readonly 'event-data': Readonly<Record<string, unknown>>;
}
const changed = ({ url, body }: Post, change: (told: Signed) => unknown): Post => ({
  url,
  body: JSON.stringify(change(JSON.parse(body) as Signed)),
});

describe('a post of Mailgun', () => {
  it('is answered like any other, and makes a run come at once that asks Mailgun itself', () => {
    const world = base.clone();
    const post = posted(world);
    expect(deliveryOf(world, 'L-1')).not.toMatch(/^bounced/);
    const before = world.now;
    expect(receive(world, post)).toBe('received');
    expect(resumes(world)).toHaveLength(1);
    // The sheet says nothing on the word of a post alone.
    expect(deliveryOf(world, 'L-1')).not.toMatch(/^bounced/);
    world.advanceTo(before + 90_000);
    expect(deliveryOf(world, 'L-1')).toMatch(/^bounced/);
  });

  it('comes fifty times and makes one run', () => {
    const world = base.clone();
    const post = posted(world);
    for (let time = 0; time < 50; time++) receive(world, post);
    expect(resumes(world)).toHaveLength(1);
  });

  it.each<[string, (post: Post) => Post]>([
    ['has no signature', (post) => changed(post, ({ signature: _, ...rest }) => rest)],
    [
      'is signed with another key',
      (post) => changed(post, (told) => ({ ...told, signature: { ...told.signature, signature: 'a'.repeat(64) } })),
    ],
    [
      'bears the token of another one',
      (post) => changed(post, (told) => ({ ...told, signature: { ...told.signature, token: 'b'.repeat(50) } })),
    ],
    [
      'has half of its signature',
      (post) =>
        changed(post, (told) => ({
          ...told,
          signature: { ...told.signature, signature: told.signature.signature.slice(0, 32) },
        })),
    ],
    [
      'tells of mail that is not ours',
      (post) => changed(post, (told) => ({ ...told, 'event-data': { ...told['event-data'], tags: ['newsletter'] } })),
    ],
    ['has no key of our address', ({ url, body }) => ({ url: url.replace(/key=[^&]+/, 'key=guess'), body })],
    [
      'is for another platform',
      ({ url, body }) => ({ url: url.replace('platform=mailgun', 'platform=sendgrid'), body }),
    ],
    ['is no JSON', ({ url }) => ({ url, body: '{"signature":' })],
  ])('that %s gets the same answer and changes nothing', (_, forge) => {
    const world = base.clone();
    const post = forge(posted(world));
    const before = traces(world);
    expect(receive(world, post)).toBe('received');
    expect(traces(world)).toBe(before);
  });

  it('that somebody has caught and sends later changes nothing', () => {
    const world = base.clone();
    const post = posted(world);
    standAt(world, world.now + 20 * MINUTE);
    const before = traces(world);
    expect(receive(world, post)).toBe('received');
    expect(traces(world)).toBe(before);
  });
});

describe('the clock of Azure', () => {
  const strike = (world: World) => {
    const [sent] = tick(azureState(world), 'rent-ledger-tick', world.now);
    if (!sent) throw new Error('the workflow has sent nothing');
    return sent;
  };

  it('makes a run come at once, though Azure itself was asked a moment ago', () => {
    const world = base.clone();
    const sent = strike(world);
    const fetches = () => world.executions.filter((run) => run.handler === 'resume').length;
    const before = fetches();
    expect(receive(world, sent)).toBe('received');
    answerRequest(azureState(world), sent, { status: 302 }, world.now);
    expect(resumes(world)).toHaveLength(1);
    world.advanceTo(world.now + 90_000);
    expect(fetches()).toBe(before + 1);
  });

  it.each<[string, (sent: Post) => Post]>([
    ['with a guessed key', ({ url, body }) => ({ url: url.replace(/key=[^&]+/, 'key=guess'), body })],
    ['with another body', ({ url }) => ({ url, body: '{"type":"payment"}' })],
  ])('is not heard %s', (_, forge) => {
    const world = base.clone();
    const sent = forge(strike(world));
    const before = traces(world);
    expect(receive(world, sent)).toBe('received');
    expect(traces(world)).toBe(before);
  });
});
