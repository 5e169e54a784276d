/**
 * How Azure is spoken to. The address of a trigger is a secret by itself; the management API wants a token, which a flow
 * asks for when it needs one: whoever has entered an address only is never asked to sign in.
 */
import { bodyOf, errorIn } from '../../http/body';
import { FORM, form, percent, sendJson, withQuery } from '../../http/encode';
import { classify, fail } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Fault, FaultKind } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import { type Account, asked, type Credentials, type Flow } from '../connector';
import { TRIGGER } from './definitions';

const MANAGEMENT = 'https://management.azure.com';
const SIGN_IN = 'https://login.microsoftonline.com';
const VERSION = '2019-05-01';
/** Stands in a request until `sign` puts the secret address in its place. */
export const UNSIGNED = 'https://trigger.logic.azure.com/';
/** The address of a Request trigger of a Consumption workflow, with its signature. */
const ADDRESS = new RegExp(
  '^https://[\\w-]+(?:\\.[\\w-]+)*\\.logic\\.azure\\.com(?::443)?/workflows/\\w+/triggers/[^/?#\\s]+/paths/invoke' +
    '\\?[^#\\s]*\\bsig=[\\w-]+[^#\\s]*$',
);

/** What is no secret of the management API; all of it, or the address alone. */
export interface Managed {
  readonly tenant: string;
  readonly client: string;
  readonly subscription: string;
  readonly group: string;
  /** '' where it is to be found out from the workflows that are there. */
  readonly region: string;
  readonly events: string;
  readonly tick: string;
  readonly trigger: string;
}

const NEEDED = ['AZURE_TENANT', 'AZURE_CLIENT_ID', 'AZURE_SUBSCRIPTION', 'AZURE_RESOURCE_GROUP'];

/** Undefined where the management API is not connected. Throws a fault where it is in part. */
export function managedIn(account: Account): Managed | undefined {
  const missing = NEEDED.filter((name) => (account[name] ?? '').trim() === '');
  if (missing.length === NEEDED.length) return undefined;
  if (missing.length > 0)
    fail('rejected', 'Enter tenant, client ID, subscription and resource group together, or none of them.');
  const [tenant = '', client = '', subscription = '', group = ''] = NEEDED.map((name) => (account[name] ?? '').trim());
  const named = (name: string, otherwise: string) => (account[name] ?? '').trim() || otherwise;
  return {
    ...{ tenant, client, subscription, group },
    region: named('AZURE_REGION', ''),
    events: named('AZURE_EVENTS_WORKFLOW', 'rent-ledger-events'),
    tick: named('AZURE_TICK_WORKFLOW', 'rent-ledger-tick'),
    trigger: named('AZURE_TRIGGER_NAME', TRIGGER),
  };
}

// ---------------------------------------------------------------- requests

/** A token of the management API. `sign` adds the secret; a repeat of the request changes nothing. */
export function* tokenFor({ tenant, client }: Managed): Flow<string> {
  const body = form({ grant_type: 'client_credentials', client_id: client, scope: `${MANAGEMENT}/.default` });
  const url = `${SIGN_IN}/${percent(tenant)}/oauth2/v2.0/token`;
  const request: HttpRequest = { method: 'POST', url, headers: {}, contentType: FORM, body, reads: true };
  return bodyOf(yield* asked(request), 'token').str('access_token');
}

/** A request of the management API; `path` after `…/workflows`. */
export function manage(
  { subscription, group }: Managed,
  token: string,
  method: HttpRequest['method'],
  path: string,
  { query = {}, body }: { readonly query?: Readonly<Record<string, string>>; readonly body?: object } = {},
): HttpRequest {
  const place = `/subscriptions/${percent(subscription)}/resourceGroups/${percent(group)}/providers/Microsoft.Logic`;
  const url = withQuery(`${MANAGEMENT}${place}/workflows${path}`, { 'api-version': VERSION, ...query });
  return sendJson(method, url, body, { headers: bearer(token) });
}

/** The next page of a list, whose address the service gives whole. */
export function following(link: string, token: string): HttpRequest {
  if (!/^https:\/\/management\.azure\.com(?::443)?\/subscriptions\//i.test(link))
    fail('malformed', 'Azure leads to a next page that is not its own.');
  return { method: 'GET', url: portless(link), headers: bearer(token) };
}

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

export const pathOf = (workflow: string, more = ''): string => `/${percent(workflow)}${more}`;

/** Asks for the signed address of the trigger; it changes nothing. */
export function* addressOf(managed: Managed, token: string): Flow<string> {
  const path = pathOf(managed.events, `/triggers/${percent(managed.trigger)}/listCallbackUrl`);
  const told = bodyOf(yield* asked({ ...manage(managed, token, 'POST', path), reads: true }), 'address').str('value');
  return ADDRESS.test(told)
    ? portless(told)
    : fail('malformed', 'Azure gave no address for the trigger that can be posted to.');
}

/** Azure names the port that https has anyway. */
const portless = (address: string): string => address.replace(/^(https:\/\/[^/:]+):443\//, '$1/');

/** A post to a trigger: by its address, or by the one that is entered. */
export const postTo = (address: string | undefined, body: object, tracking: string): HttpRequest =>
  sendJson('POST', address ?? UNSIGNED, body, { headers: { 'x-ms-client-tracking-id': tracking } });

/** The application's secret at the sign-in service, the address in the place that was kept for it, elsewhere none. */
export function sign(request: HttpRequest, credentials: Credentials): HttpRequest {
  const { AZURE_CLIENT_SECRET: secret = '', AZURE_TRIGGER_URL: address = '' } = credentials;
  if (request.url.startsWith(`${SIGN_IN}/`)) {
    if (secret === '')
      return fail('auth', 'The client secret is missing. Enter it, or leave all of the application out.');
    return { ...request, body: `${request.body ?? ''}&client_secret=${percent(secret)}` };
  }
  if (request.url !== UNSIGNED) return request;
  if (address === '') return fail('auth', 'Enter the trigger address, or the application that may ask for it.');
  if (!ADDRESS.test(address.trim()))
    return fail('auth', 'The trigger address is not whole: copy "HTTP POST URL" of the workflow\'s first step again.');
  return { ...request, url: portless(address.trim()) };
}

// ---------------------------------------------------------------- refusals

interface Words {
  readonly says: string;
  readonly kind?: FaultKind;
}

const OFF: Words = { says: 'The workflow is switched off in Azure. Switch it on there, then send this again.' };
const GONE: Words = { says: 'The workflow is not there any more. Make it again, and enter its new trigger address.' };
const ADDRESS_OVER: Words = {
  says: 'The trigger address is not accepted. Its key may have been renewed: copy it again.',
  kind: 'auth',
};

/** What the service's codes mean for people; 401 and 403 have one code in common. */
const MEANINGS: Readonly<Record<string, Words>> = {
  WorkflowTriggerIsNotEnabled: OFF,
  WorkflowDisabled: OFF,
  WorkflowNotFound: GONE,
  WorkflowTriggerVersionNotFound: GONE,
  DirectApiAuthorizationRequired: ADDRESS_OVER,
  '401 AuthorizationFailed': ADDRESS_OVER,
  '403 AuthorizationFailed': {
    says: 'The application may not do this: give it the role Logic App Contributor on the resource group.',
  },
  TriggerInputSchemaMismatch: {
    says: 'The workflow expects another event than is sent. Install the workflows again.',
  },
  ResourceNotFound: { says: 'There is no such workflow in the resource group. Choose Install the workflows.' },
  ResourceGroupNotFound: { says: 'There is no such resource group in the subscription.', kind: 'rejected' },
  SubscriptionNotFound: { says: 'There is no such subscription, or the application may not see it.', kind: 'rejected' },
};

/** Errors of the sign-in service: a word and numbers, where Azure has an object. */
function signInFault(reply: HttpReply, error: Json): Fault | undefined {
  const code = error.word('error');
  if (code === undefined) return undefined;
  const [number] = /AADSTS\d+/.exec(error.word('error_description') ?? '') ?? [];
  const says = `The application could not sign in (${number ?? code}). Look at its tenant, client ID and secret.`;
  return classify(reply, { message: says, code: number ?? code, ...(reply.status < 429 ? { kind: 'auth' } : {}) });
}

export function azureFault(reply: HttpReply): Fault | undefined {
  if (reply.status >= 200 && reply.status < 300) return undefined;
  const error = errorIn(reply);
  const refused = signInFault(reply, error);
  if (refused) return refused;
  const code = error.word('error.code');
  const meaning = MEANINGS[code ?? ''] ?? MEANINGS[`${reply.status} ${code}`];
  const message = meaning?.says ?? error.word('error.message');
  return classify(reply, {
    ...(message === undefined ? {} : { message }),
    ...(code === undefined ? {} : { code }),
    ...(meaning?.kind ? { kind: meaning.kind } : {}),
  });
}
