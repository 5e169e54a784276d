/** A resident before the screen: opens the page by the link of a mail, reads it, fills a form in and sends it, often twice. */
import { type Fields, formsOf, sectionOf, unescaped, wordsOf } from '../../story/resident-life';
import { tabOf, type World } from '../../worlds';
import type { Diary, Unanswered } from './diary';
import { HOMES, type Home } from './house';

export interface Visit {
  readonly home: Home;
  readonly email: string;
  readonly html: string;
}

/** Names, addresses and ids that are nobody's business here. */
const strangers = (own: Home): readonly string[] =>
  HOMES.filter((each) => each.id !== own.id).flatMap(({ id, people }) => [
    id,
    ...people.flatMap(({ name, email }) => [name, email]),
  ]);

/** What a text tells of other leases. */
export const leaksIn = (text: string, own: Home): readonly string[] =>
  strangers(own).filter((each) => text.includes(each));

/** Undefined where no page came: no link yet, a link that was revoked, or a run that died. */
export function openPage(diary: Diary, home: Home, email: string, more: Fields = {}): Visit | undefined {
  const { world } = diary.scene;
  const page = diary.letters.linkOf(world, email);
  if (page === '') return undefined;
  const { body, run } = world.doGet({ page, lang: 'en', ...more });
  if (!run?.ok) {
    if (!run?.killed) diary.say(`a page of ${home.id} failed: ${run?.error?.message}`);
    return undefined;
  }
  for (const leak of leaksIn(body, home)) diary.say(`the page of ${home.id} shows ${leak}`);
  if (sectionOf(body, 'balance') === '') return undefined;
  diary.scene.did('page opened');
  checkFigures(diary, home, body);
  return { home, email, html: body };
}

const moneyIn = (text: string): number => Math.round(Number(text.replace(/[^\d.]/g, '')) * 100);

/** The balance on the page is the ledger's of that moment. */
function checkFigures(diary: Diary, home: Home, html: string): void {
  const written = tabOf(diary.scene.world, 'Ledger')
    .filter((row) => row['Lease ID'] === home.id)
    .reduce((all, row) => all + Math.round(Number(row.Amount) * 100), 0);
  const words = sectionOf(html, 'balance');
  const [, owed] = /You owe [$£]([\d,.]*\d)/.exec(words) ?? [];
  const [, whole] = /you owe [$£]([\d,.]*\d) in all/.exec(words) ?? [];
  const [, ahead] = /You are [$£]([\d,.]*\d) ahead/.exec(words) ?? [];
  const told = moneyIn(whole ?? owed ?? '0') - moneyIn(ahead ?? '0');
  if (told !== written)
    diary.say(`the page of ${home.id} tells ${told}, the ledger has ${written}: ${words.slice(0, 200)}`);
}

export const formsFor = ({ html }: Visit, act: string): readonly Fields[] =>
  formsOf(html).filter((form) => form.act === act);

/** The values of the choice with this name. */
export const choicesIn = ({ html }: Visit, name: string): readonly string[] =>
  [
    ...(new RegExp(`<select[^>]*name="${name}"[^>]*>(.*?)</select>`, 's').exec(html)?.[1] ?? '').matchAll(
      /value="([^"]*)"/g,
    ),
  ].map(([, value = '']) => unescaped(value));

export interface Answer {
  readonly is: 'yes' | 'no' | 'lost';
  /** Where it leads on to, at a processor. */
  readonly url: string;
  readonly says: string;
}

const TABS = ['Ledger', 'Log', 'Outbox', 'Requests', 'Receipts', 'Tasks', 'Leases', 'Links'];
const written = (world: World): string => JSON.stringify(TABS.map((tab) => tabOf(world, tab)));

const LINK = /<a class="button" href="(https:\/\/[^"]*)"/;

function send({ scene: { world } }: Diary, body: string): Answer {
  const { body: html, run } = world.doPost({ body });
  const says = wordsOf(html);
  if (!run?.ok) return { is: 'lost', url: '', says: run?.killed ? 'killed' : (run?.error?.message ?? 'nothing') };
  const url = unescaped(LINK.exec(html)?.[1] ?? '');
  return { is: / (✓ Done|→ One step left) /.test(says) ? 'yes' : 'no', url, says };
}

/** Sends a form. Whoever gets no answer sends it again, at once or another time; others send it twice out of impatience. */
export function post(diary: Diary, home: Home, form: Fields, typed: Fields): Answer {
  const fields = { ...form, ...typed, lang: 'en' };
  return again(diary, { home, act: form.act ?? '', fields, body: new URLSearchParams(fields).toString() });
}

export function again(diary: Diary, sent: Unanswered): Answer {
  const { scene } = diary;
  const answer = send(diary, sent.body);
  if (answer.is === 'lost') {
    if (answer.says !== 'killed') diary.say(`${sent.act} of ${sent.home.id} failed: ${answer.says}`);
    scene.did('form without an answer');
    diary.unanswered.push(sent);
    return answer;
  }
  for (const leak of leaksIn(answer.says, sent.home)) diary.say(`the answer to ${sent.home.id} shows ${leak}`);
  if (answer.is === 'yes') diary.count(sent.home, sent.act);
  else scene.did(`refused ${sent.act}: ${answer.says.slice(0, 90)}`);
  if (answer.is === 'yes' && scene.chance.is(0.5)) twice(diary, sent, answer);
  return answer;
}

/** The same form once more: nothing is written, and the answer says yes again. */
function twice(diary: Diary, sent: Unanswered, first: Answer): void {
  const { world } = diary.scene;
  const before = written(world);
  const second = send(diary, sent.body);
  diary.scene.did('second click');
  if (written(world) !== before) diary.say(`${sent.act} of ${sent.home.id} acts again by a second click`);
  if (second.is === 'no') diary.say(`${sent.act} of ${sent.home.id}: first "${first.says}", then "${second.says}"`);
}
