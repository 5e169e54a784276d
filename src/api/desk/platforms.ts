/** The platforms as the Connections tab, the Outbox and the owner's properties tell of them. */
import type { Connector } from '../../connectors/connector';
import type { OutboxRow } from '../../domain/book';
import { moneyText } from '../../domain/fee-words';
import type { Cents, Currency } from '../../domain/values';
import { faultKindOf } from '../../http/faults';
import { leftRow } from '../../jobs/connection-row';
import { askedAgain, failuresOf } from '../../jobs/feed-memory';
import type { Cell } from '../../ports';
import { lastAgreed } from '../../run/agreed';
import { type App, accountOf, enteredCredentials } from '../../run/app';
import { CALLS_PER_DAY, callCounter } from '../../run/calls';
import { type Kept, lastRuns, mailLeft } from '../../run/told';
import { instantFrom, intOf, textOf } from '../../sheet/cells';
import type { Loaded } from '../../sheet/load';
import { linkedBanks } from './bank-offers';
import type { Connection, ConnectionState } from './connections';
import { differencesOf } from './differences';
import { faultOf } from './fault-words';
import type { Today } from './today';
import { unread } from './unread';
import { clockText, timeText } from './words';

export const STATES: readonly ConnectionState[] = [
  'not connected',
  'connected',
  'needs sign-in',
  'busy',
  'failing',
  'paused',
];
export const GMAIL = 'gmail';
const SLACK = 'slack';
const POLL_MS = 10 * 60_000;

/** What one look at the platforms has at hand. */
export interface Look {
  readonly app: App;
  readonly loaded: Loaded;
  readonly kept: Kept;
  /** The owner's properties; only the owner's executions have them. */
  readonly own?: Readonly<Record<string, string>>;
}

export const isOwner = (app: App): boolean => app.person?.role === 'owner';

export const lookAt = (app: App, loaded: Loaded, kept: Kept): Look => ({
  app,
  loaded,
  kept,
  ...(isOwner(app) ? { own: app.host.userStore.all() } : {}),
});

export const platformsOf = (look: Look): readonly Connection[] => [
  ...look.app.connectors.map((connector) => platform(look, connector)),
  gmail(look),
];

const rowOf = ({ loaded }: Look, id: string): readonly Cell[] =>
  loaded.connections.find((each) => each.platform === id)?.cells ?? [];

/** A sign-in ends where nothing can be written to the workbook: until a run has written it, what it will write is told. */
function cellsOf(look: Look, id: string): readonly Cell[] {
  const cells = rowOf(look, id);
  const left = look.own && leftRow(look.own, id);
  if (!left) return cells;
  const { state, account, fault, mode, booksFrom } = left;
  const now: readonly (Cell | undefined)[] = [id, state, account, undefined, fault];
  const later: readonly (Cell | undefined)[] = [undefined, undefined, undefined, mode, booksFrom];
  return [...now, ...later].map((cell, index) => cell ?? cells[index] ?? '');
}

const stateIn = (cells: readonly Cell[]): ConnectionState | undefined =>
  STATES.find((state) => state === textOf(cells[1]));

function platform(look: Look, connector: Connector): Connection {
  const cells = cellsOf(look, connector.id);
  const shared = {
    id: connector.id,
    title: connector.title,
    account: textOf(cells[2]),
    fields: fieldsOf(connector),
    acts: actsOf(look, connector, cells),
    shows: isOpen(cells) ? showsOf(connector) : [],
    ...openValues(look, connector, cells),
    ...channelsOf(look, connector),
    ...(textOf(cells[10]) ? { told: textOf(cells[10]) } : {}),
    reads: connector.reads,
    writes: connector.writes,
    removable: true,
    mine: look.own !== undefined,
    group: connector.group,
    mode: modeIn(cells),
    by: connector.oauth?.grant === 'code' ? ('sign-in' as const) : ('keys' as const),
    ...(connector.oauth?.grant === 'code' ? { redirect: look.app.host.session.webAddress() } : {}),
    ...(connector.oauth?.instead ? { instead: connector.oauth.instead } : {}),
    differences: differencesOf(look.loaded, connector.id),
    ...agreement(look, connector.id),
    ...(look.own ? linkedBanks(look.app, connector.id, look.own) : {}),
    ...(look.own && leftRow(look.own, connector.id) ? { untold: true as const } : {}),
    ...(connector.books && textOf(cells[9]) ? { booksFrom: textOf(cells[9]) } : {}),
  };
  return connector.receipts ? fed(look, connector, cells, shared) : sender(look, connector, cells, shared);
}

/** `12 payments, 14,500.00 USD there and here` in parts. */
function agreement({ kept, loaded }: Look, id: string): Pick<Connection, 'agreed'> {
  const last = lastAgreed(kept, id);
  if (!last) return {};
  const words = (totals: Readonly<Record<string, number>>) =>
    Object.entries(totals)
      .map(([currency, amount]) => moneyText(amount as Cents, currency as Currency))
      .join(', ') || '0.00';
  const asOf = clockText(last.at, loaded.book.settings.zone);
  return { agreed: { asOf, count: last.count, here: words(last.here), there: words(last.there) } };
}

function modeIn(cells: readonly Cell[]): Connection['mode'] {
  const mode = textOf(cells[8]);
  return mode === 'live' || mode === 'sandbox' ? mode : '';
}

type Shared = Pick<
  Connection,
  | 'id'
  | 'title'
  | 'account'
  | 'fields'
  | 'acts'
  | 'shows'
  | 'values'
  | 'channels'
  | 'told'
  | 'reads'
  | 'writes'
  | 'removable'
  | 'mine'
  | 'group'
  | 'mode'
  | 'by'
  | 'redirect'
  | 'instead'
  | 'booksFrom'
  | 'differences'
  | 'agreed'
  | 'banks'
  | 'untold'
>;

const showsOf = ({ credentials, mirror, sample, rehearse, roster }: Connector): Connection['shows'] => [
  ...(sample || mirror || credentials.some(({ maps }) => maps !== undefined) ? (['mapping'] as const) : []),
  ...(rehearse ? (['dry run'] as const) : []),
  ...(roster ? (['roster'] as const) : []),
];

const isOpen = (cells: readonly Cell[]): boolean => {
  const state = stateIn(cells);
  return state !== undefined && state !== 'not connected';
};

/** A webhook of Slack's can do nothing but post, and its test is a post already. */
function actsOf(look: Look, connector: Connector, cells: readonly Cell[]): Connection['acts'] {
  const isWebhook =
    connector.id === SLACK && look.own !== undefined && channelsOf(look, connector).channels === undefined;
  return isOpen(cells) && !isWebhook ? (connector.acts ?? []) : [];
}

/** What was chosen and is no secret, of what the owner's execution alone can read. */
function openValues({ app, own }: Look, connector: Connector, cells: readonly Cell[]): Pick<Connection, 'values'> {
  if (!own || !isOpen(cells)) return {};
  const account = accountOf(app, connector, own);
  const open = connector.credentials.filter((field) => field.secret === false);
  return open.length > 0 ? { values: Object.fromEntries(open.map(({ name }) => [name, account[name] ?? ''])) } : {};
}

/** The app of Slack can tell of each property in a channel of its own. */
function channelsOf({ app, loaded, own }: Look, { id }: Connector): Pick<Connection, 'channels'> {
  const connector = id === SLACK ? app.connectors.find((each) => each.id === id) : undefined;
  if (!connector || !own || !enteredCredentials(app, connector, own)?.SLACK_BOT_TOKEN) return {};
  const properties = [...loaded.book.properties.values()];
  return { channels: properties.map(({ name, slackChannel = '' }) => ({ property: name, channel: slackChannel })) };
}

/** Slack's webhook may be that of one property. */
function fieldsOf(connector: Connector): Connection['fields'] {
  // What goes to which field has a screen of its own.
  const typed = connector.credentials.filter(({ maps }) => maps === undefined);
  const keys = typed.map((field) => ({ ...field, secret: field.secret !== false }));
  if (connector.id !== SLACK) return keys;
  const property = {
    name: 'property',
    label: 'Property of the webhook',
    help: 'As on the Properties tab; left empty, the webhook is for all properties',
    secret: false,
    optional: true,
  };
  return [...keys, property];
}

/** A platform that is read: the poll writes its row. */
function fed(look: Look, connector: Connector, cells: readonly Cell[], shared: Shared): Connection {
  const { id } = connector;
  const state = stateIn(cells) ?? 'not connected';
  const zone = look.loaded.book.settings.zone;
  const { poll } = lastRuns(look.kept);
  // A quiet poll writes nothing to the workbook: that it went well is told by the run, if it came after the last change.
  const isQuiet = state === 'connected' && !shared.untold && poll?.good && poll.at >= (instantFrom(cells[7]) ?? 0);
  const quiet = isQuiet ? poll.at : 0;
  const isAsked = state !== 'not connected' && state !== 'paused';
  const times = isAsked && look.own ? failuresOf(look.own, id) : 0;
  const last = Math.max(instantFrom(cells[3]) ?? 0, quiet);
  const fault = faultOf(textOf(cells[4]), state);
  return {
    ...shared,
    state,
    lastSuccess: last > 0 && state !== 'not connected' ? clockText(last, zone) : '',
    nextRun: isAsked ? nextAsk(look, id) : '',
    ...(times > 0 ? { failed: { times, again: nextAsk(look, id) } } : {}),
    callsToday: { used: callsToday(look, id, cells), ...callLimit(look, connector) },
    ...(fault ? { fault } : {}),
  };
}

/** The account's own limit where the plan has one and only the owner's account tells it, else Google's for all together. */
function callLimit({ app, own }: Look, connector: Connector): { readonly limit: number; readonly plan?: true } {
  const plan = own && connector.limits?.perDay?.(accountOf(app, connector, own));
  return plan === undefined ? { limit: CALLS_PER_DAY } : { limit: plan, plan: true };
}

/** The next poll, or the first one after the platform may be asked again. */
function nextAsk({ app, loaded, kept, own }: Look, id: string): string {
  const now = app.host.clock.now();
  const { poll } = lastRuns(kept);
  if (!poll) return '';
  const from = Math.max(now, own ? askedAgain(own, id) : 0);
  return `about ${timeText(nextOf(poll.at, POLL_MS, from), now, loaded.book.settings.zone)}`;
}

/** The next moment of a trigger that comes every so often and came at `at`. */
export const nextOf = (at: number, everyMs: number, now: number): number =>
  at + Math.max(1, Math.ceil((now - at + 1) / everyMs)) * everyMs;

function callsToday({ app, own }: Look, id: string, cells: readonly Cell[]): number {
  if (own) return callCounter(app, own).of(id);
  const day = new Date(app.host.clock.now()).toISOString().slice(0, 10);
  return textOf(cells[7]).startsWith(day) ? (intOf(cells[5]) ?? 0) : 0;
}

/** A platform that is only written to: what became of the last effects tells how it is. */
function sender(look: Look, { id }: Connector, cells: readonly Cell[], shared: Shared): Connection {
  const known = stateIn(cells);
  const wanted = known ?? (usedBy(look, id) ? 'connected' : 'not connected');
  const became = outcome(look, id, wanted);
  return {
    ...shared,
    ...became,
    ...unread(look.own, id, became.state),
    nextRun: '',
    ...(look.own ? { callsToday: { used: callCounter(look.app, look.own).of(id), limit: CALLS_PER_DAY } } : {}),
  };
}

/** Webhooks that were stored before the tab had a row for them. */
const usedBy = ({ loaded }: Look, id: string): boolean =>
  id === SLACK && [...loaded.book.properties.values()].some((property) => property.slack);

function outcome({ loaded }: Look, id: string, wanted: ConnectionState) {
  const zone = loaded.book.settings.zone;
  const newest = (states: readonly OutboxRow['state'][]) =>
    loaded.outbox
      .filter((row) => row.channel === id && states.includes(row.state) && (row.state === 'sent' || row.fault !== ''))
      .reduce<OutboxRow | undefined>((last, row) => (last && last.updatedAt > row.updatedAt ? last : row), undefined);
  const sent = newest(['sent']);
  const trouble = newest(['failed', 'unsure', 'ready']);
  const text = trouble && (!sent || trouble.updatedAt > sent.updatedAt) ? trouble.fault : '';
  const kind = faultKindOf(text);
  // A message that could not be made is no fault of the platform.
  const failing: ConnectionState | undefined =
    kind === 'auth' ? 'needs sign-in' : kind === 'busy' ? 'busy' : kind === undefined ? undefined : 'failing';
  const state = wanted === 'connected' ? (failing ?? wanted) : wanted;
  const fault = kind === undefined ? undefined : faultOf(text, state);
  return {
    state,
    lastSuccess: sent && wanted !== 'not connected' ? clockText(sent.updatedAt, zone) : '',
    ...(fault ? { fault } : {}),
  };
}

/** What may be mailed today: live for the owner, else as the owner's last delivery left it, with its moment. */
export function mailToday({ app, loaded, kept, own }: Look): Today['mail'] {
  if (own) return { left: app.host.mail.remaining(), perDay: app.host.mail.perDay() };
  const told = mailLeft(kept, app.host.clock.now());
  if (!told) return undefined;
  return { left: told.left, perDay: told.perDay, asOf: clockText(told.at, loaded.book.settings.zone) };
}

function gmail(look: Look): Connection {
  const paused = textOf(cellsOf(look, GMAIL)[1]) === 'paused';
  const mail = mailToday(look);
  return {
    id: GMAIL,
    title: 'Gmail',
    group: 'Messages',
    mode: '',
    by: 'consent',
    shows: [],
    differences: [],
    ...outcome(look, GMAIL, paused ? 'paused' : 'connected'),
    account: look.kept.owner ?? '',
    nextRun: '',
    ...(mail ? { mailToday: { left: mail.left, perDay: mail.perDay } } : {}),
    fields: [],
    acts: [],
    reads: [],
    writes: ['Messages to residents, and the digest to the manager'],
    removable: false,
    mine: look.own !== undefined,
  };
}
