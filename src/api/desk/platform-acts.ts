/** What the owner does on a platform's card: chooses among what the account has, changes what is no secret, and asks for an act. */
import type { AccountAct, Choice, Connector, CredentialField } from '../../connectors/connector';
import type { Intent } from '../../domain/book';
import { NOTHING } from '../../domain/run-book';
import { type Key, key } from '../../domain/values';
import { logLine, URGENCY } from '../../domain/wishes';
import { runFlows } from '../../http/client';
import { writeRow } from '../../jobs/connection-row';
import { forgetCursor } from '../../jobs/feed-memory';
import { deliver } from '../../outbox/deliver';
import {
  type App,
  accountOf,
  clientDeps,
  connectorOf,
  credentialsOf,
  forgetCredential,
  runNow,
  storeCredentials,
} from '../../run/app';
import { callCounter } from '../../run/calls';
import { sharedNow } from '../../run/told';
import { type Loaded, loadBook } from '../../sheet/load';
import { effectsComing } from '../../sheet/outbox-hint';
import { PROPERTIES } from '../../sheet/schema';
import { noPlatform, testCall } from '../connect';
import type { Connection } from './connections';
import { actOnce, BUSY, became, type Done, runIdOf } from './once';
import type { Applied } from './override';
import { lookAt, platformsOf } from './platforms';
import type { Refusal } from './told';

type Open = { readonly connector: Connector; readonly credentials: Readonly<Record<string, string>> };

function opened(app: App, platform: string): Open | Refusal {
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
  const { connector, credentials } = open;
  const read = connector.lists?.[list];
  if (!read) return { refused: `${connector.title} has no list called "${list.slice(0, 40)}".` };
  const counter = callCounter(app);
  const flow = read(accountOf(app, connector));
  const { results, calls } = runFlows([{ connector, credentials, flow }], clientDeps(app, counter.of));
  counter.add(calls);
  app.host.userStore.setAll(counter.stored());
  const [result] = results;
  if (result && 'value' in result) return { choices: result.value };
  return { refused: result?.fault.message ?? 'The platform did not answer.' };
}

// ---------------------------------------------------------------- what is no secret

interface Fields {
  readonly request: string;
  readonly platform: string;
  readonly values: Readonly<Record<string, string>>;
}

/** The new values are tried before they take the place of the old ones. An empty one takes an optional value out. */
export function platformFields(app: App, asked: Fields): Connection | Refusal {
  const acting: App = { ...app, run: { ...app.run, id: runIdOf(asked.request) } };
  if (became(app, { request: asked.request }).state === 'done') return one(app, asked.platform);
  const open = opened(acting, asked.platform);
  if ('refused' in open) return open;
  return changed(acting, open, asked.values);
}

function changed(app: App, { connector, credentials }: Open, values: Fields['values']): Connection | Refusal {
  const wrong = Object.entries(values).flatMap(([name, value]) => wrongField(connector, name, value) ?? []);
  if (wrong[0] !== undefined) return { refused: wrong[0] };
  const account = { ...accountOf(app, connector), ...values };
  const tested = testCall(app, connector, { ...credentials, ...values }, account);
  if ('fault' in tested) return { refused: tested.fault.message };
  for (const [name, value] of Object.entries(values)) if (value === '') forgetCredential(app, connector.id, name);
  storeCredentials(app, connector.id, Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')));
  forgetCursor(app, connector.id);
  const what = `${connector.title}: ${Object.entries(values)
    .map(([name, value]) => `${labelOf(connector, name)} is ${value || 'empty'}`)
    .join(', ')}`;
  const line = logLine(runNow(app), 'connection', what.slice(0, 300));
  const written = writeRow(app, connector.id, { state: 'connected', fault: '' }, line);
  return written === 'busy' ? BUSY : one(app, connector.id);
}

const fieldOf = (connector: Connector, name: string): CredentialField | undefined =>
  connector.credentials.find((field) => field.name === name);
const labelOf = (connector: Connector, name: string): string => fieldOf(connector, name)?.label ?? name;

function wrongField(connector: Connector, name: string, value: string): string | undefined {
  const field = fieldOf(connector, name);
  if (field?.secret !== false) return `"${name.slice(0, 40)}" cannot be changed here: connect the platform anew.`;
  if (value === '' && !field.optional) return `${field.label} cannot be empty.`;
  if (field.choices && value !== '' && !field.choices.includes(value))
    return `${field.label} is "${value.slice(0, 40)}", but must be one of: ${field.choices.join(', ')}.`;
  return undefined;
}

function one(app: App, platform: string): Connection | Refusal {
  const all = platformsOf(lookAt(app, loadBook(app.host), sharedNow(app)));
  return all.find((each) => each.id === platform) ?? { refused: noPlatform(platform) };
}

/** The channel of Slack's app in which a property is told of: written into its row, where people see it and may change it. */
export function propertyChannel(
  app: App,
  asked: { readonly request: string; readonly property: string; readonly channel: string },
): Applied | Refusal {
  return actOnce(app, asked.request, (_, { book }): Done | Refusal => {
    const wanted = [...book.properties.values()].filter(
      (each) => asked.property === '' || each.name === asked.property,
    );
    if (wanted.length === 0) return { refused: `There is no property "${asked.property.slice(0, 60)}".` };
    const people = wanted.map(({ row }) => ({ tab: PROPERTIES, row, cells: { 'Slack channel': asked.channel } }));
    const whom = asked.property || 'all properties';
    const says = asked.channel === '' ? `${whom}: no channel of Slack's app.` : `${whom}: told in ${asked.channel}.`;
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
  return { ...acted, ...outcome(app, asked) };
}

const keyOf = ({ platform, kind, request }: Act): Key => key(`act:${platform}:${kind}:${request}`);

function wanted(app: App, _: Loaded, asked: Act): Done | Refusal {
  const open = opened(app, asked.platform);
  if ('refused' in open) return open;
  const act = open.connector.acts?.find((each) => each.kind === asked.kind);
  if (!act) return { refused: `${open.connector.title} has nothing called "${asked.kind.slice(0, 40)}".` };
  const value = asked.value?.trim() ?? '';
  if (act.asks && value === '') return { refused: `${act.title} needs ${act.asks.label}.` };
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
  payload: { ...(act.asks ? { [act.asks.name]: value } : {}), ...(act.inbound ? { inbound: true } : {}) },
  notBefore: runNow(app).now,
  waitsForRelease: false,
  because: { rule: 'always' },
  urgency: URGENCY.alert,
});

function outcome(app: App, asked: Act): { readonly says?: string } | Refusal {
  const row = loadBook(app.host).outbox.find((each) => each.key === keyOf(asked));
  if (row?.state === 'failed' || row?.state === 'unsure') return { refused: row.fault };
  if (row?.state === 'sent')
    return { says: `${row.subject}: done${row.vendorRef ? ` (${row.vendorRef.slice(0, 120)})` : ''}.` };
  return { says: `${asked.platform}: it waits in the Outbox${row?.fault ? `: ${row.fault}` : ''}.` };
}
