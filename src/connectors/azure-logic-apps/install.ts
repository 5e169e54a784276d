/** Makes the two workflows through the management API, or brings them up to date; what the owner has added stays. */
import { bodyOf } from '../../http/body';
import { fail, isFault, isFaultError, type Outcome, replyOf } from '../../http/faults';
import type { Json } from '../../http/json';
import type { HttpRequest } from '../../ports';
import { askedAll, type Effect, type EffectContext, type Flow } from '../connector';
import { addressOf, type Managed, manage, managedIn, pathOf, tokenFor } from './api';
import { EVENT_TRIGGER, eventsAt, TICK } from './definitions';

type Members = Readonly<Record<string, unknown>>;

/** The same twice is the same: a workflow is put under its name. */
export const install: Effect = {
  once: 'natural-id',
  *run(context) {
    const managed = managedIn(context.account);
    if (!managed) return fail('rejected', 'To install workflows, enter the application and where they are to be.');
    const { web, key } = inboundIn(context);
    const token = yield* tokenFor(managed);
    const [tick, events] = yield* known(managed, token);
    const region = regionOf(managed, tick ?? events);
    const values = { webAppUrl: { value: web }, inboundKey: { value: key } };
    const put = (name: string, body: object): HttpRequest =>
      // It is put whole, so putting it again changes nothing.
      ({ ...manage(managed, token, 'PUT', pathOf(name), { body }), keyed: true });
    yield* askedAll(
      put(managed.tick, tick ? tickAnew(tick, values) : fresh(TICK, region, values)),
      put(managed.events, events ? eventsAnew(events, managed.trigger) : fresh(eventsAt(managed.trigger), region, {})),
    );
    // Asked for to see that it can be: it is a secret, and is asked for again whenever something is posted.
    yield* addressOf(managed, token);
    return `${managed.events} and ${managed.tick} in ${region}`;
  },
};

/** Where the web app is called, and the key that opens it. */
function inboundIn({ inbound }: EffectContext): { readonly web: string; readonly key: string } {
  const [web = '', query = ''] = (inbound ?? '').split('?');
  const [, key = ''] = /(?:^|&)key=([^&]+)/.exec(query) ?? [];
  if (web === '' || key === '')
    return fail('rejected', 'The script has no web address yet: deploy it as a web app first, then install again.');
  return { web, key: decodeURIComponent(key) };
}

/** Both as they are; undefined for what is not there. */
function* known(managed: Managed, token: string): Flow<readonly (Json | undefined)[]> {
  const requests = [managed.tick, managed.events].map((name) => manage(managed, token, 'GET', pathOf(name)));
  let outcomes: readonly Outcome[];
  try {
    outcomes = yield requests;
  } catch (error) {
    if (!isFaultError(error) || error.outcomes.length !== requests.length) throw error;
    outcomes = error.outcomes;
  }
  return outcomes.map((outcome) => {
    if (isFault(outcome) && outcome.fault === 'missing') return undefined;
    return bodyOf(replyOf(outcome), 'workflow');
  });
}

function regionOf({ region }: Managed, there: Json | undefined): string {
  const found = there?.opt('location') ?? region;
  return found === ''
    ? fail('rejected', 'Enter the region in which the workflows are to be made, such as eastus.')
    : found;
}

const fresh = (definition: Members, location: string, parameters: Members): Members => ({
  location,
  properties: { state: 'Enabled', definition, parameters },
});

/** The clock that the owner has set stays, and so do steps that were added. */
function tickAnew(there: Json, values: Members): Members {
  return anew(there, values, (definition) => ({
    ...definition,
    parameters: { ...membersOf(definition.parameters), ...TICK.parameters },
    actions: { ...membersOf(definition.actions), ...TICK.actions },
  }));
}

/** Steps are the owner's from the first day on; only what the trigger takes is ours. */
function eventsAnew(there: Json, trigger: string): Members {
  return anew(there, {}, (definition) => ({
    ...definition,
    triggers: { ...membersOf(definition.triggers), [trigger]: EVENT_TRIGGER },
  }));
}

const membersOf = (value: unknown): Members => (typeof value === 'object' && value !== null ? (value as Members) : {});

/** The resource as it is, with another definition; a workflow that is switched off stays so. */
function anew(there: Json, values: Members, change: (definition: Members) => Members): Members {
  const { location, tags, identity, properties } = membersOf(there.value);
  const { state, definition, parameters, accessControl, integrationAccount } = membersOf(properties);
  const changed = change(membersOf(definition));
  const given = { ...membersOf(parameters), ...values };
  const kept = Object.entries({ tags, identity }).filter(([, value]) => value !== undefined);
  const held = Object.entries({ state, accessControl, integrationAccount }).filter(([, value]) => value !== undefined);
  checkSecrets(there, changed, given);
  return {
    location,
    ...Object.fromEntries(kept),
    properties: { ...Object.fromEntries(held), definition: changed, parameters: given },
  };
}

/** Azure gives no secret back, and wants each one again: one of the owner's own would be lost. */
function checkSecrets(there: Json, definition: Members, given: Members): void {
  for (const [name, declared] of Object.entries(membersOf(definition.parameters))) {
    const { type, defaultValue } = membersOf(declared);
    const isSecret = typeof type === 'string' && /^secure/i.test(type);
    const hasValue = membersOf(given[name]).value !== undefined || defaultValue !== undefined;
    if (isSecret && !hasValue)
      fail(
        'rejected',
        `The workflow ${there.str('name')} has a secret of its own, ${name}: change its trigger by hand.`,
      );
  }
}
