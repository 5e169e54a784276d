/** Residents of the year: each does what their page offers, if they feel like it; who got no answer sends the form again. */
import type { Fields } from '../../story/resident-life';
import { tabOf } from '../../worlds';
import { shift, wallClock } from '../days';
import { anyOf } from '../money-year/scene';
import type { Diary, Unanswered } from './diary';
import { HOMES, type Home } from './house';
import { type Answer, again, choicesIn, formsFor, openPage, post, type Visit } from './page';
import { finish } from './processors';

const today = (diary: Diary, { zone }: Home): string => wallClock(diary.scene.now, zone).day;

/** From the first try on somebody may have heard of it: what it ends may be over. */
function before(diary: Diary, { home, act, fields }: Unanswered): void {
  if (act !== 'disputeWithdraw') return;
  const row = tabOf(diary.scene.world, 'Requests').find((each) => each.Key === fields.dispute);
  endRest(diary, home.id, row?.About ?? '');
}

export function endRest({ rests, scene }: Diary, lease: string, charge: string): void {
  for (const rest of rests)
    if (rest.why === 'dispute' && rest.lease === lease && rest.charges.includes(charge))
      rest.untilMs = Math.min(rest.untilMs, scene.now);
}

/** With the answer it is sure: what it begins holds. */
function after(diary: Diary, { home, act, fields }: Unanswered, { is, url }: Answer, email: string): void {
  if (is !== 'yes') return;
  const rest = { lease: home.id, fromMs: diary.scene.now, untilMs: Number.POSITIVE_INFINITY };
  if (act === 'dispute') diary.rests.push({ ...rest, why: 'dispute', charges: [fields.charge ?? ''], about: '' });
  const offer = act === 'planAccept' ? diary.offered.get(home.id) : undefined;
  if (offer) {
    diary.agreed.set(fields.plan ?? '', offer);
    diary.rests.push({ ...rest, why: 'plan', charges: offer.charges, about: fields.plan ?? '' });
  }
  if (act === 'promise')
    diary.promises.push({
      lease: home.id,
      fromMs: diary.scene.now,
      given: today(diary, home),
      until: fields.until ?? '',
      endedMs: Number.POSITIVE_INFINITY,
    });
  if (url !== '') diary.pages.push({ home, email, url, view: act === 'pay' ? 'paid' : 'saved', paid: false });
}

function does(diary: Diary, { home, email }: Visit, form: Fields, typed: Fields = {}): void {
  const sent = { home, act: form.act ?? '', fields: { ...form, ...typed }, body: '' };
  before(diary, sent);
  after(diary, sent, post(diary, home, form, typed), email);
}

/** Forms that nobody answered are sent again, some of them days later. */
export function sendAgain(diary: Diary, all = false): void {
  for (const sent of diary.unanswered.splice(0)) {
    if (all || diary.scene.chance.is(0.7)) after(diary, sent, again(diary, sent), sent.home.people[0]?.email ?? '');
    else diary.unanswered.push(sent);
  }
}

// ---------------------------------------------------------------- what they may do

type Wish = (diary: Diary, visit: Visit) => void;

const pays: Wish = (diary, visit) => {
  const { chance } = diary.scene;
  const form = anyOf(diary.scene, formsFor(visit, 'pay'));
  if (!form) return;
  const charges = choicesIn(visit, 'charge');
  const typed: Fields =
    form.what === 'charge'
      ? { charge: chance.of(charges) }
      : form.what === 'part'
        ? { amount: `${chance.whole(10, 900)}.${chance.of(['00', '50'])}` }
        : {};
  does(diary, visit, form, typed);
};

/** The rest of their rent, whatever it is. */
const paysAll: Wish = (diary, visit) => {
  const form = formsFor(visit, 'pay').find((each) => each.what === 'all');
  if (form) does(diary, visit, form);
};

const disputes: Wish = (diary, visit) => {
  const form = anyOf(diary.scene, formsFor(visit, 'dispute'));
  if (form) does(diary, visit, form, { text: 'I paid that already, please look.' });
};

const withdraws: Wish = (diary, visit) => {
  const form = anyOf(diary.scene, formsFor(visit, 'disputeWithdraw'));
  if (form) does(diary, visit, form);
};

const promises: Wish = (diary, visit) => {
  const [form] = formsFor(visit, 'promise');
  const until = shift(today(diary, visit.home), diary.scene.chance.whole(1, 14));
  if (form) does(diary, visit, form, { until, text: '' });
};

const asksForPlan: Wish = (diary, visit) => {
  const [form] = formsFor(visit, 'planAsk');
  if (form) does(diary, visit, form, { text: 'I lost some hours at work this month.', perMonth: '400' });
};

const answersPlan: Wish = (diary, visit) => {
  const form = formsFor(visit, diary.scene.chance.is(0.8) ? 'planAccept' : 'planDecline')[0];
  if (form) does(diary, visit, form);
};

const autopayOn: Wish = (diary, visit) => {
  const form = anyOf(diary.scene, formsFor(visit, 'autopayOn'));
  if (form) does(diary, visit, form);
};

const autopayOff: Wish = (diary, visit) => {
  const [form] = formsFor(visit, 'autopayOff');
  if (form) does(diary, visit, form);
};

const WISHES: readonly (readonly [number, Wish])[] = [
  [0.2, pays],
  [0.12, paysAll],
  [0.1, disputes],
  [0.12, withdraws],
  [0.08, promises],
  [0.1, asksForPlan],
  [0.5, answersPlan],
  [0.05, autopayOn],
  [0.04, autopayOff],
];

/** Pages at processors that are open are finished, left, or paid on a second time; some are remembered days later. */
function goesOn(diary: Diary): void {
  const { chance } = diary.scene;
  for (const page of diary.pages.splice(0)) {
    if (chance.is(0.15)) continue;
    if (chance.is(0.75)) finish(diary, page);
    if (page.paid && chance.is(0.6)) openPage(diary, page.home, page.email, { view: page.view });
    if (!page.paid || chance.is(0.1)) diary.pages.push(page);
  }
}

/** A link that opens nothing any more: they ask for a new one, by their address. */
function asksForLink(diary: Diary, home: Home, email: string): void {
  const page = diary.letters.linkOf(diary.scene.world, email);
  if (page === '' || !diary.scene.chance.is(0.3)) return;
  diary.scene.did('asks for a new link');
  const body = new URLSearchParams({ act: 'newLink', address: email, lang: 'en' }).toString();
  const { run } = diary.scene.world.doPost({ body });
  if (!run?.ok && !run?.killed) diary.say(`the wish of ${home.id} for a link failed: ${run?.error?.message}`);
}

/** All residents on one day. */
export function residents(diary: Diary): void {
  sendAgain(diary);
  for (const home of HOMES) {
    if (!diary.scene.chance.is(0.6)) continue;
    const { email } = diary.scene.chance.of(home.people);
    const visit = openPage(diary, home, email);
    if (!visit) asksForLink(diary, home, email);
    else for (const [probability, wish] of WISHES) if (diary.scene.chance.is(probability)) wish(diary, visit);
  }
  goesOn(diary);
}
