/** A message looked at before residents get it, with a real lease's data where there is one; and the same as a test to oneself. */

import { openAccount, upcomingRent } from '../../../domain/account';
import { dayText } from '../../../domain/acts/words';
import { addDays, localDay } from '../../../domain/calendar';
import type { Way } from '../../../domain/contacts';
import { moneyWords } from '../../../domain/dates';
import { digests } from '../../../domain/digest';
import { failureWords } from '../../../domain/failure-words';
import { failureFields } from '../../../domain/failures';
import { fold } from '../../../domain/ledger';
import { legKey } from '../../../domain/legs';
import { mailFields } from '../../../domain/mail-fields';
import { readerOf } from '../../../domain/message-check';
import type { MessageFields } from '../../../domain/message-fields';
import { renderText } from '../../../domain/message-text';
import { type Message, render, type Template, templateFor } from '../../../domain/messages';
import { e164 } from '../../../domain/phone';
import { planNewsFields } from '../../../domain/plan-news';
import { segmentsOf } from '../../../domain/sms';
import { unpaidOn } from '../../../domain/standing';
import { FAILURE_KEY, PLAN_NEWS_KEY } from '../../../domain/templates';
import { type Key, key } from '../../../domain/values';
import { URGENCY } from '../../../domain/wishes';
import { deliver } from '../../../outbox/deliver';
import { TEST } from '../../../outbox/rendered';
import { type App, runNow } from '../../../run/app';
import { linkTo } from '../../../run/failures';
import { maySee } from '../../../run/person';
import { type Loaded, loadBook } from '../../../sheet/load';
import { effectsComing } from '../../../sheet/outbox-hint';
import { noLease } from '../../account';
import { cameToNothing } from '../ended';
import { actOnce, type Done } from '../once';
import type { Applied } from '../override';
import type { MessagePreview } from '../setup';
import type { Refusal } from '../told';
import { clockRuns } from './clock';
import { tick } from './kept';
import { type Household, sampleHousehold } from './sample';
import { standOf } from './stand';
import { GOOD } from './words';

interface Asked {
  readonly template: string;
  readonly language: string;
  readonly lease?: string | undefined;
  /** A test goes there as a text message. */
  readonly phone?: string | undefined;
}

interface Prepared {
  readonly template: Template;
  readonly fields: MessageFields;
  readonly household: Household;
  readonly real: boolean;
  readonly message: Message | { readonly reason: string };
  readonly notes: readonly string[];
}

/** Subject, text and HTML as they would leave; a fault of the template is told among the problems. */
export function previewMessage(app: App, asked: Asked): MessagePreview | Refusal {
  const { loaded } = standOf(app);
  if (!loaded) return { refused: 'There are no templates yet. Make the tabs first.' };
  const prepared = prepare(app, loaded, asked);
  if ('refused' in prepared) return prepared;
  const { message, household, real, notes } = prepared;
  const lease = real ? household.lease.id : '';
  const sms = smsOf(prepared);
  if ('reason' in message) return { subject: '', text: '', lease, problems: [message.reason, ...notes], ...sms };
  return { ...message, lease, problems: notes, ...sms };
}

function smsOf({ template, fields }: Prepared): Pick<MessagePreview, 'sms'> {
  if (readerOf(template.key) === 'manager') return {};
  const rendered = renderText(template, fields, template.language);
  if ('reason' in rendered) return {};
  const { segments, encoding } = segmentsOf(rendered.text);
  return { sms: { text: rendered.text, segments, encoding } };
}

function prepare(app: App, loaded: Loaded, asked: Asked): Prepared | Refusal {
  const template = templateFor(loaded.book.templates, asked.template, asked.language);
  if (!template) return { refused: `There is no template "${asked.template.slice(0, 60)}" on the Templates tab.` };
  const real = householdOf(app, loaded, asked.lease);
  if (asked.lease && !real) return { refused: noLease(asked.lease) };
  const household = real ?? sampleHousehold(loaded, localDay(runNow(app).now, loaded.book.settings.zone));
  const { fields, notes } = fieldsFor(app, household, template, linkTo(loaded.marks.workbookId));
  const message = render(template, fields, template.language);
  return { template, fields, household, real: real !== undefined, message, notes };
}

/** The lease that was asked for, or else the first one that the person may see. */
function householdOf(app: App, { book }: Loaded, asked: string | undefined): Household | undefined {
  const wanted = asked?.trim().toLowerCase();
  const lease = book.leases.find(
    (each) => maySee(app.person, each.property) && (wanted ? each.id.toLowerCase() === wanted : true),
  );
  const property = lease && book.properties.get(lease.property);
  return lease && property ? { book, lease, property } : undefined;
}

/** How late the rent is taken to be in a message about late rent, where the lease owes nothing. */
const DAYS_LATE: Readonly<Record<string, number>> = { late: 6, 'late-second': 13, 'final-notice': 20 };

/** What comes next is not unpaid: the rent that a reminder speaks of, the signature that a welcome does. */
function aboutOf({ key: name }: Template, lease: Household['lease'], next: Key | undefined): Key | undefined {
  if (name === 'signed') return key(`signed:${lease.id}:${lease.signedOn ?? lease.start}`);
  return name === 'before-due' ? next : undefined;
}

function fieldsFor(
  app: App,
  household: Household,
  template: Template,
  link: string,
): Pick<Prepared, 'fields' | 'notes'> {
  if (readerOf(template.key) === 'manager') return { fields: managerFields(app, household, template, link), notes: [] };
  const { book, lease, property } = household;
  const run = runNow(app);
  const today = openAccount(book, run, lease, property);
  const next = upcomingRent(today);
  const owes = unpaidOn(today.state, today.today).length > 0;
  const about = aboutOf(template, lease, next?.key);
  const payment = {
    amountCents: lease.rentCents,
    reference: 'TEST-1',
    at: run.now,
    reason: 'a reason would stand here',
  };
  const request = { about: '', on: today.today, agreed: true, answer: 'your answer would stand here' };
  const payload = { ...(about ? { about } : {}), payment, request };
  const row = { kind: template.key, payload };
  if (owes || !next || about) return { fields: mailFields(today, row, template.language, ''), notes: [] };
  const day = addDays(next.due, DAYS_LATE[template.key] ?? 0);
  const supposed = openAccount(book, run, lease, property, fold(today.state, next), day);
  return {
    fields: mailFields(supposed, row, template.language, ''),
    notes: [`Nothing is unpaid now, so it is shown as if the rent due on ${dayText(next.due)} were not paid.`],
  };
}

function managerFields(app: App, household: Household, template: Template, link: string): MessageFields {
  if (template.key === FAILURE_KEY) return failureShown(app, household, template, link);
  return template.key === PLAN_NEWS_KEY ? newsShown(app, household, template) : digestFields(app, household);
}

/** As if the resident had agreed to pay one month's rent by parts. */
function newsShown(app: App, { book, lease, property }: Household, { language }: Template): MessageFields {
  const account = openAccount(book, runNow(app), lease, property);
  const plan_sum = moneyWords(lease.rentCents, property.currency, language);
  return { ...planNewsFields(account, { what: 'agreed' }, language), plan_sum };
}

function digestFields(app: App, { book, property }: Household): MessageFields {
  const addressed = { ...book, settings: { ...book.settings, digestTo: 'you@example.com' } };
  const [digest] = digests(addressed, [], runNow(app), [property.name]);
  return { ...(digest?.payload.fields as MessageFields | undefined), as_of: localDay(runNow(app).now, property.zone) };
}

/** As if a payment platform had refused its key. */
function failureShown(app: App, { book }: Household, { language }: Template, link: string): MessageFields {
  const failure = { platform: 'stripe', title: 'Stripe', kind: 'sign-in', isMoney: true, said: '' } as const;
  const words = failureWords(failure.kind, failure.title, failure.isMoney, language);
  return failureFields(failure, words, { at: runNow(app).now, zone: book.settings.zone, link });
}

/** Goes through the Outbox like every message. The owner's leaves at once; anybody else's with the owner's next run. */
export function testMessage(app: App, asked: Asked & { readonly request: string }): Applied | Refusal {
  const phone = asked.phone?.trim() ? e164(asked.phone) : undefined;
  if (phone && 'reason' in phone) return { refused: phone.reason };
  const to = phone?.number ?? app.person?.mail ?? '';
  if (to === '') return { refused: 'Google does not tell who you are, so there is nobody to send a test to.' };
  const acted = actOnce(app, asked.request, (acting, loaded) => wanted(acting, loaded, asked, to));
  if ('refused' in acted || app.person?.role !== 'owner') return acted;
  const id = keyOf(`click-${asked.request}`, phone ? 'sms' : 'email');
  deliver(app, id);
  return { ...acted, ...outcome(app, id, to) };
}

const keyOf = (runId: string, way: Way): Key => legKey(way, `test:${runId}`);

function wanted(app: App, loaded: Loaded, asked: Asked, to: string): Done | Refusal {
  const prepared = prepare(app, loaded, asked);
  if ('refused' in prepared) return prepared;
  const { message, template, fields, household, real } = prepared;
  const { settings } = loaded.book;
  const byText = to.startsWith('+');
  if (byText && settings.textsBy === '')
    return {
      refused: 'Text messages are off: write twilio under "Texts by" on the Settings tab once it is connected.',
    };
  if (!byText && 'reason' in message) return { refused: message.reason };
  const intent = {
    key: keyOf(app.run.id, byText ? 'sms' : 'email'),
    channel: byText ? settings.textsBy : (household.property.mailBy ?? settings.mailBy),
    kind: TEST,
    ...(real ? { property: household.property.name } : {}),
    to,
    subject: `Test: ${'subject' in message ? message.subject : template.key}`,
    payload: { template: template.key, language: template.language, fields },
    notBefore: runNow(app).now,
    waitsForRelease: false,
    because: { rule: 'always' as const },
    urgency: URGENCY.receipt,
  };
  effectsComing(app);
  tick(app.host, 'messages');
  const when = clockRuns(app) ? 'within ten minutes' : "as soon as the owner's clock runs";
  const says = `A test of ${template.key} (${template.language}) to ${to} is in the Outbox, and leaves from the owner's account ${when}.`;
  const decision = { entries: [], receipts: [], intents: [intent], tasks: [], closedTasks: [], log: [] };
  return { changes: { decision }, applied: { done: true, says, keys: [] } };
}

function outcome(app: App, id: Key, to: string): { readonly says?: string } | Refusal {
  const row = loadBook(app.host).outbox.find((each) => each.key === id);
  if (row?.state === 'sent') return { says: GOOD.testSent(to) };
  const nothing = cameToNothing(row);
  if (nothing) return nothing;
  return { says: 'The test waits in the Outbox: the mail quota of today is spent, or another run is sending.' };
}
