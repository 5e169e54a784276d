/** Events of the app: kept only where a webhook is registered, and listed newest first. */
import { jsonReply } from '../kit/reply';
import type { SandboxReply } from '../sandbox';
import { notFound } from './errors';
import { apiOf, type Body, link } from './shapes';
import { iso, newId, type PaypalState, type WebhookEvent } from './state';

const DAY_MS = 86_400_000;
/** Not documented: taken for thirty days. */
const KEPT_MS = 30 * DAY_MS;

/** The resource is a snapshot: what happens later does not change it. */
export function emit(
  state: PaypalState,
  nowMs: number,
  type: string,
  resourceType: string,
  about: string,
  resource: Body,
): void {
  if (!state.webhooks.some(({ events }) => events.includes('*') || events.includes(type))) return;
  state.events.push({
    id: newId(state, 'event', 'WH-', 20),
    atMs: nowMs,
    type,
    resourceType,
    summary: `${type.toLowerCase().replace(/[._]/g, ' ')}`,
    about,
    resource: JSON.parse(JSON.stringify(resource)) as Body,
  });
}

const eventBody = (state: PaypalState, event: WebhookEvent): Body => ({
  id: event.id,
  create_time: iso(event.atMs),
  resource_type: event.resourceType,
  event_type: event.type,
  summary: event.summary,
  resource: event.resource,
  links: [link(`${apiOf(state)}/v1/notifications/webhooks-events/${event.id}`, 'self')],
});

const kept = (state: PaypalState, nowMs: number): readonly WebhookEvent[] =>
  state.events.filter((event) => event.atMs > nowMs - KEPT_MS && event.atMs <= nowMs);

export function listEvents(state: PaypalState, query: Readonly<Record<string, string>>, nowMs: number): SandboxReply {
  const from = query.start_time ? Date.parse(query.start_time) : 0;
  const to = query.end_time ? Date.parse(query.end_time) : nowMs;
  const size = Number(query.page_size ?? 10);
  const all = kept(state, nowMs)
    .filter((event) => event.atMs >= from && event.atMs <= to)
    .filter((event) => !query.event_type || event.type === query.event_type)
    .filter((event) => !query.transaction_id || event.about === query.transaction_id)
    .reverse();
  const at = query.index_id ? all.findIndex((event) => event.id === query.index_id) + 1 : 0;
  const page = all.slice(at, at + size);
  const last = page[page.length - 1];
  const links = [];
  if (last && at + size < all.length) {
    const next = new URLSearchParams({ ...query, page_size: String(size), move_to: 'next' });
    next.set('index_time', iso(last.atMs));
    next.set('index_id', last.id);
    links.push(link(`${apiOf(state)}/v1/notifications/webhooks-events/?${next.toString()}`, 'next'));
  }
  return jsonReply(200, { events: page.map((event) => eventBody(state, event)), count: page.length, links });
}

export function getEvent(state: PaypalState, id: string, nowMs: number): SandboxReply {
  const event = kept(state, nowMs).find((each) => each.id === id);
  return event ? jsonReply(200, eventBody(state, event)) : notFound();
}

export const listWebhooks = (state: PaypalState): SandboxReply =>
  jsonReply(200, {
    webhooks: state.webhooks.map(({ id, url, events }) => ({
      id,
      url,
      event_types: events.map((name) => ({ name })),
    })),
  });
