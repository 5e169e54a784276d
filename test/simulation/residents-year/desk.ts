/** The manager of the year: answers, proposes plans and ends them, waives, credits, charges, revokes links, lets notices go. */
import { callApi } from '../../../local/cli/api';
import type { LeaseView } from '../../../src/api/desk/lease';
import { bookOf } from '../../worlds';
import { shift } from '../days';
import { mailsOf } from '../mail-checks';
import { anyOf } from '../money-year/scene';
import { type Diary, unharmed } from './diary';
import { HOMES, type Home } from './house';
import { endRest } from './residents';

/** A call of the owner, asked again with the same request until it is answered; undefined where it was refused. */
function ask<T>(diary: Diary, name: string, args: object): T | undefined {
  for (let tries = 0; tries < 5; tries++) {
    const called = callApi(diary.scene.world, name, [args]);
    if (called.ok) {
      const value = called.value as (T & { readonly refused?: string }) | undefined;
      if (value?.refused !== undefined) diary.scene.did(`refused ${name}: ${value.refused.slice(0, 70)}`);
      return value?.refused === undefined ? (value as T) : undefined;
    }
    if (!called.run.killed) {
      diary.say(`${name} failed: ${called.error}`);
      return undefined;
    }
  }
  return undefined;
}

const wish = <T>(diary: Diary, name: string, args: object): T | undefined =>
  ask<T>(diary, name, { request: `resident-year-${++diary.requests}`, ...args });

interface Shown {
  readonly version: string;
  readonly typeAmount?: string;
}

/** `cents` is what it does to the debt. */
function act(diary: Diary, home: Home, wanted: Readonly<Record<string, unknown>>, cents = 0): boolean {
  const on = { lease: home.id, reason: 'agreed on the phone', ...wanted };
  const shown = ask<Shown>(diary, 'preview', { act: on });
  if (!shown) return false;
  const typed = shown.typeAmount ? { typed: shown.typeAmount } : {};
  const before = { version: shown.version };
  const applied = wish<{ done: true; waits?: true }>(diary, 'apply', { act: on, before, ...typed });
  if (!applied || applied.waits) return false;
  diary.scene.did(`manager ${String(wanted.kind)}`);
  if (cents !== 0) diary.debts.push({ lease: home.id, cents });
  return true;
}

type Work = (diary: Diary, home: Home, view: LeaseView) => void;

const onDebt: Work = (diary, home, { open }) => {
  const { scene } = diary;
  const line = anyOf(scene, open);
  const part = line && line.open.cents > 2_500;
  const ways: (() => void)[] = [
    () => void act(diary, home, { kind: 'credit', amount: '30.00' }, -3_000),
    () => void act(diary, home, { kind: 'charge', type: 'parking', amount: '80.00', due: scene.day }, 8_000),
  ];
  if (line) ways.push(() => void act(diary, home, { kind: 'waive', charge: line.key }, -line.open.cents));
  if (line && part)
    ways.push(() => void act(diary, home, { kind: 'waive', charge: line.key, amount: '25.00' }, -2_500));
  scene.chance.of(ways)();
};

/** Two or three instalments of all that is open and not in dispute. */
const proposes: Work = (diary, home, { open, plan }) => {
  const { scene } = diary;
  const lines = open.filter((line) => !line.disputed && line.due <= scene.day);
  const cents = lines.reduce((all, line) => all + line.open.cents, 0);
  if (cents < 10_000 || plan?.state === 'running') return;
  const count = scene.chance.of([2, 3]);
  const each = Math.floor(cents / count);
  const instalments = Array.from({ length: count }, (_, at) => ({
    due: shift(scene.day, 3 + at * scene.chance.of([5, 9])),
    amount: ((at === 0 ? cents - each * (count - 1) : each) / 100).toFixed(2),
  }));
  const charges = lines.map((line) => line.key);
  const terms = { feesPaused: true, graceDays: 2, missedAllowed: scene.chance.of([0, 1]), agreed: 'on the page' };
  const days = new Set(instalments.map((one) => one.due));
  if (days.size === count && act(diary, home, { kind: 'plan propose', charges, instalments, ...terms, note: '' }))
    diary.offered.set(home.id, { charges, instalments, graceDays: terms.graceDays });
};

const endsPlan: Work = (diary, home, { plan, page }) => {
  if (plan?.state === 'running' && diary.scene.chance.is(0.2)) {
    for (const rest of diary.rests)
      if (rest.why === 'plan' && rest.lease === home.id) rest.untilMs = Math.min(rest.untilMs, diary.scene.now);
    act(diary, home, { kind: 'plan end' });
  } else if (page.plan === 'proposed' && diary.scene.chance.is(0.3)) act(diary, home, { kind: 'plan withdraw' });
};

const answers: Work = (diary, home, { requests: asked }) => {
  const one = anyOf(diary.scene, asked, ({ state }) => state === 'open');
  if (!one) return;
  const as = diary.scene.chance.of(['accepted', 'refused']);
  if (one.charge) endRest(diary, home.id, one.charge.key);
  for (const promise of diary.promises)
    if (one.kind === 'promise' && promise.lease === home.id)
      promise.endedMs = Math.min(promise.endedMs, diary.scene.now);
  const answer = { about: one.key, as, answer: 'We have looked at it.' };
  if (wish(diary, 'answerRequest', answer)) diary.scene.did(`manager answers a ${one.kind}`);
};

const links: Work = (diary, home, { page }) => {
  const link = anyOf(diary.scene, page.links);
  if (!link) return;
  const as = link.state === 'revoked' ? 'send' : diary.scene.chance.of(['revoke', 'send', 'link']);
  if (wish(diary, 'residentLink', { lease: home.id, page: link.page, as })) diary.scene.did(`manager link ${as}`);
};

const records: Work = (diary, home) => {
  const cents = diary.scene.chance.whole(20, 300) * 100;
  const reference = String(diary.scene.chance.whole(100, 999_999));
  const args = { lease: home.id, amount: (cents / 100).toFixed(2), method: 'check', reference };
  if (!wish(diary, 'recordOne', args)) return;
  diary.debts.push({ lease: home.id, cents: -cents });
  diary.scene.did('manager records a check');
};

/** A mail that nobody knows of is looked up in the mailbox, and a line in Slack is let be; what waits for a release is let go or dropped. */
export function outbox(diary: Diary): void {
  const { scene } = diary;
  const sent = new Set(mailsOf(scene.world).map((mail) => mail.key));
  for (const { key, state, channel } of unharmed(scene.world, () => bookOf(scene.world)).outbox) {
    if (state === 'unsure' && (channel === 'gmail' || channel === 'slack')) {
      const as = channel === 'slack' || sent.has(key) ? 'sent' : 'again';
      wish(diary, 'effect', { effect: key, as });
      scene.did(`manager clears what is unsure: ${channel} ${as}`);
    }
    if (state === 'waiting for release' && scene.chance.is(0.4)) {
      const as = scene.chance.of(['release', 'drop']);
      wish(diary, 'effect', { effect: key, as });
      scene.did(`manager ${as}`);
    }
  }
}

const WORK: readonly (readonly [number, Work])[] = [
  [0.06, onDebt],
  [0.12, proposes],
  [0.3, endsPlan],
  [0.2, answers],
  [0.03, links],
  [0.03, records],
];

export function desk(diary: Diary): void {
  for (const home of HOMES) {
    const works = WORK.filter(([probability]) => diary.scene.chance.is(probability));
    for (const [, work] of works) {
      const view = ask<LeaseView>(diary, 'lease', { lease: home.id });
      if (view) work(diary, home, view);
    }
  }
  if (diary.scene.chance.is(0.4)) outbox(diary);
}
