/** What is no secret of a connection is changed after it was connected: tried first, and only then kept. */
import type { Account, AccountSeen, Connector, CredentialField } from '../../connectors/connector';
import { logLine } from '../../domain/wishes';
import { writeRow } from '../../jobs/connection-row';
import { forgetCursor } from '../../jobs/feed-memory';
import { type App, accountOf, enteredCredentials, forgetCredential, runNow, storeCredentials } from '../../run/app';
import { foundAccount, storeAccount } from '../../run/tokens';
import { sharedNow } from '../../run/told';
import { loadBook } from '../../sheet/load';
import { accountText, noPlatform, testCall, toldWords } from '../connect';
import type { Connection } from './connections';
import { BUSY, became, runIdOf } from './once';
import { type Open, opened } from './platform-acts';
import { lookAt, platformsOf } from './platforms';
import type { Refusal } from './told';

type Values = Readonly<Record<string, string>>;

interface Fields {
  readonly request: string;
  readonly platform: string;
  readonly values: Values;
}

/** The new values are tried before they take the place of the old ones. An empty one takes an optional value out. */
export function platformFields(app: App, asked: Fields): Connection | Refusal {
  const acting: App = { ...app, run: { ...app.run, id: runIdOf(asked.request) } };
  if (became(app, { request: asked.request }).state === 'done') return one(app, asked.platform);
  const open = opened(acting, asked.platform);
  if ('refused' in open) return open;
  return changed(acting, open, asked.values);
}

function changed(app: App, { connector, credentials }: Open, values: Values): Connection | Refusal {
  const wrong = Object.entries(values).flatMap(([name, value]) => wrongField(connector, name, value) ?? []);
  if (wrong[0] !== undefined) return { refused: wrong[0] };
  const account = filled({ ...accountOf(app, connector), ...values });
  const tested = testCall(app, connector, filled({ ...credentials, ...values }), account);
  if ('fault' in tested) return { refused: tested.fault.message };
  keep(app, connector, values, tested.seen);
  const entered = enteredCredentials(app, connector) ?? {};
  const change = {
    state: isPaused(app, connector.id) ? 'paused' : 'connected',
    account: accountText(connector, entered, tested.seen),
    mode: tested.seen.mode,
    fault: '',
    tells: toldWords(app, connector),
    again: Object.keys(values).some((name) => fieldOf(connector, name)?.maps !== undefined),
  };
  const line = logLine(runNow(app), 'connection', whatChanged(connector, values).slice(0, 300));
  const written = writeRow(app, connector.id, change, line);
  return written === 'busy' ? BUSY : one(app, connector.id);
}

const filled = (values: Values): Account =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));

/** What a test call has found belongs to the values that were tried. */
function keep(app: App, { id }: Connector, values: Values, { found }: AccountSeen): void {
  for (const [name, value] of Object.entries(values)) if (value === '') forgetCredential(app, id, name);
  storeCredentials(app, id, filled(values));
  storeAccount(app, id, filled({ ...foundAccount(app, id), ...values, ...found }));
  forgetCursor(app, id);
}

const whatChanged = (connector: Connector, values: Values): string =>
  `${connector.title}: ${Object.entries(values)
    .map(([name, value]) => `${fieldOf(connector, name)?.label ?? name} is ${value || 'empty'}`)
    .join(', ')}`;

const fieldOf = (connector: Connector, name: string): CredentialField | undefined =>
  connector.credentials.find((field) => field.name === name);

function wrongField(connector: Connector, name: string, value: string): string | undefined {
  const field = fieldOf(connector, name);
  if (field?.secret !== false) return `"${name.slice(0, 40)}" cannot be changed here: connect the platform anew.`;
  if (value === '' && !field.optional) return `${field.label} cannot be empty.`;
  if (field.choices && value !== '' && !field.choices.includes(value))
    return `${field.label} is "${value.slice(0, 40)}", but must be one of: ${field.choices.join(', ')}.`;
  return undefined;
}

const cardOf = (app: App, platform: string): Connection | undefined =>
  platformsOf(lookAt(app, loadBook(app.host), sharedNow(app))).find((each) => each.id === platform);

const isPaused = (app: App, platform: string): boolean => cardOf(app, platform)?.state === 'paused';
const one = (app: App, platform: string): Connection | Refusal =>
  cardOf(app, platform) ?? { refused: noPlatform(platform) };
