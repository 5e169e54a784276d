/** What the owner does on a platform's card: chooses among what the account has, gives properties a channel, and asks for an act. */
import type { AccountAct, Choice, Connector } from '../../connectors/connector';
import type { Intent } from '../../domain/book';
import { NOTHING } from '../../domain/run-book';
import { type Key, key } from '../../domain/values';
import { URGENCY } from '../../domain/wishes';
import { writeRow } from '../../jobs/connection-row';
import { deliver } from '../../outbox/deliver';
import { type App, accountOf, connectorOf, credentialsOf, enteredCredentials, runNow } from '../../run/app';
import { textOf } from '../../sheet/cells';
import { type Loaded, loadBook } from '../../sheet/load';
import { effectsComing } from '../../sheet/outbox-hint';
import { PROPERTIES } from '../../sheet/schema';
import { accountText, noPlatform, testCall } from '../connect';
import { askedOf } from './asked';
import type { Calls } from './contract';
import { cameToNothing } from './ended';
import { actOnce, type Done } from './once';
import type { Applied } from './override';
import type { Refusal } from './told';

/** A platform that is connected, with its keys. */
export type Open = { readonly connector: Connector; readonly credentials: Readonly<Record<string, string>> };

export function opened(app: App, platform: string): Open | Refusal {
  const connector = connectorOf(app, platform);
  if (!connector) return { refused: noPlatform(platform) };
  const credentials = credentialsOf(app, connector);
  return credentials ? { connector, credentials } : { refused: `${connector.title} is not connected.` };
}

// ---------------------------------------------------------------- lists to choose from

export function platformList(
  app: App,
  { platform, list }: { readonly platform: string; readonly list: string },
): { readonly choices: readonly Choice[] } | Refusal {
  const open = opened(app, platform);
  if ('refused' in open) return open;
  const { connector } = open;
  const read = connector.lists?.[list];
  if (!read) return { refused: `${connector.title} has no list called "${list.slice(0, 40)}".` };
  const answer = askedOf(app, open, read(accountOf(app, connector)));
  return 'refused' in answer ? answer : { choices: answer.value };
}

// ---------------------------------------------------------------- channels

/** The channel of Slack's app in which a property is told of: written into its row, where people see it and may change it. */
export function propertyChannel(app: App, asked: Calls['propertyChannel']['args']): Applied | Refusal {
  const { property, channel, name } = asked;
  return actOnce(app, asked.request, (_, { book }): Done | Refusal => {
    const wanted = [...book.properties.values()].filter((each) => property === '' || each.name === property);
    if (wanted.length === 0) return { refused: `There is no property "${property.slice(0, 60)}".` };
    const people = wanted.map(({ row }) => ({ tab: PROPERTIES, row, cells: { 'Slack channel': channel } }));
    const whom = property || 'all properties';
    const where = (name || channel).slice(0, 80);
    const says = channel === '' ? `${whom}: no channel of Slack's app.` : `${whom}: told in ${where}.`;
    return { changes: { people }, applied: { done: true, says, keys: [] } };
  });
}

// ---------------------------------------------------------------- acts

interface Act {
  readonly request: string;
  readonly platform: string;
  readonly kind: string;
  readonly value?: string | undefined;
}

/** Through the Outbox like everything that leaves: once, logged, and asked for again where its answer was lost. */
export function platformAct(app: App, asked: Act): Applied | Refusal {
  const acted = actOnce(app, asked.request, (acting, loaded) => wanted(acting, loaded, asked));
  if ('refused' in acted) return acted;
  deliver(app, keyOf(asked));
  const came = outcome(app, asked);
  if (!('refused' in came)) seenAnew(app, asked.platform);
  return { ...acted, ...came };
}

/** What an account lacks stands in its name on the card: by now it may have been made. */
function seenAnew(app: App, platform: string): void {
  const open = opened(app, platform);
  if ('refused' in open || !open.connector.mirror) return;
  const { connector, credentials } = open;
  const tested = testCall(app, connector, credentials, accountOf(app, connector));
  const row = loadBook(app.host).connections.find((each) => each.platform === platform);
  if ('fault' in tested || !row) return;
  const account = accountText(connector, enteredCredentials(app, connector) ?? {}, tested.seen);
  if (account !== textOf(row.cells[2])) writeRow(app, platform, { state: textOf(row.cells[1]), account }, undefined);
}

const keyOf = ({ platform, kind, request }: Act): Key => key(`act:${platform}:${kind}:${request}`);

function wanted(app: App, _: Loaded, asked: Act): Done | Refusal {
  const open = opened(app, asked.platform);
  if ('refused' in open) return open;
  const act = open.connector.acts?.find((each) => each.kind === asked.kind);
  if (!act) return { refused: `${open.connector.title} has nothing called "${asked.kind.slice(0, 40)}".` };
  const value = asked.value?.trim() ?? '';
  if (act.asks && !act.asks.optional && value === '') return { refused: `${act.title} needs ${act.asks.label}.` };
  effectsComing(app);
  const decision = { ...NOTHING, intents: [intentOf(app, asked, act, value)] };
  const says = `${open.connector.title}: ${act.title} is in the Outbox.`;
  return { changes: { decision }, applied: { done: true, says, keys: [] } };
}

const intentOf = (app: App, asked: Act, act: AccountAct, value: string): Intent => ({
  key: keyOf(asked),
  channel: asked.platform,
  kind: asked.kind,
  to: value || asked.platform,
  subject: act.title,
  payload: {
    ...(act.asks && value !== '' ? { [act.asks.name]: value } : {}),
    ...(act.inbound ? { inbound: true } : {}),
  },
  notBefore: runNow(app).now,
  waitsForRelease: false,
  because: { rule: 'always' },
  urgency: URGENCY.alert,
});

function outcome(app: App, asked: Act): { readonly says?: string } | Refusal {
  const row = loadBook(app.host).outbox.find((each) => each.key === keyOf(asked));
  const nothing = cameToNothing(row);
  if (nothing) return nothing;
  if (row?.state === 'sent') return { says: `${row.subject}: done${wordsIn(row.vendorRef)}.` };
  return { says: `${asked.platform}: it waits in the Outbox${row?.fault ? `: ${row.fault}` : ''}.` };
}

/** What it made, where the reference says so in words: ids are for the Log. */
function wordsIn(ref: string): string {
  const words = ref.replace(/ ?https:\/\/\S+$/, '').slice(0, 120);
  return /\w: \w/.test(words) ? ` (${words})` : '';
}
