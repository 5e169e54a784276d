/** What writes share: the body, one or many objects, and whether one refused object refuses them all. */
import { jsonBody, jsonReply, mediaType } from '../kit/reply';
import { object, type Rule, text } from '../kit/strict';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { dayIn, stamp } from './dates';
import { badBody, Invalid, validationReply } from './errors';
import { type Listed, queryOf } from './lists';
import type { Shape } from './shapes';
import type { Tenant, XeroState } from './state';

/** One call at work. */
export interface Desk {
  readonly state: XeroState;
  readonly tenant: Tenant;
  readonly request: SandboxRequest;
  readonly nowMs: number;
  /** Ids in the path, in order. */
  readonly ids: readonly string[];
}

export type Given = Readonly<Record<string, unknown>>;

/** `2026-12-01`, with a midnight, or as Xero itself writes dates. */
export const date: Rule = (value, at) =>
  dayIn(value) === undefined ? { at, what: 'invalid', wanted: 'a date' } : undefined;

export const guid = text({ like: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i });

/** An object whose members may all be left out. */
export const optional = (members: Readonly<Record<string, Rule>>): Rule =>
  object(Object.fromEntries(Object.entries(members).map(([name, rule]) => [`${name}?`, rule])));

/** The objects of a body: an envelope with a list, or one by itself. */
export function itemsIn({ request }: Desk, kind: string, rule: Rule): readonly Given[] {
  if (mediaType(request) !== 'application/json') throw badBody('the content type is not application/json');
  const body = jsonBody(request) as Given | undefined;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw badBody('no object was found');
  const inner = body[kind];
  const isEnvelope = Array.isArray(inner) && Object.keys(body).length === 1;
  const items = isEnvelope ? (inner as unknown[]) : [body];
  items.forEach((item, at) => {
    const complaint = rule(item, isEnvelope ? `${kind}[${at}]` : '');
    if (!complaint) return;
    const [, member = ''] = /([^.]*)$/.exec(complaint.at) ?? [];
    const said =
      complaint.what === 'unknown'
        ? `Could not find member '${member}' on object of type '${kind.replace(/s$/, '')}'`
        : `Error converting value, ${complaint.wanted} is needed`;
    throw badBody(`${said}. Path '${complaint.at}'`);
  });
  return items as readonly Given[];
}

export function envelope({ nowMs }: Desk, kind: string, { items, pagination }: Listed<Shape>): SandboxReply {
  return jsonReply(200, {
    Id: '656e7665-0000-4000-8000-000000000001',
    Status: 'OK',
    ProviderName: 'Rent Ledger',
    DateTimeUTC: stamp(nowMs).replace('+0000', ''),
    ...(pagination ? { pagination } : {}),
    [kind]: items,
  });
}

/**
 * Carries out a write for each object. One that is refused refuses all, unless `summarizeErrors=false` asks to be told
 * of each by itself.
 */
export function writeEach(
  desk: Desk,
  kind: string,
  items: readonly Given[],
  act: (item: Given) => Shape,
): SandboxReply {
  const summarize = queryOf(desk.request, ['summarizeErrors', 'unitdp']).summarizeErrors !== 'false';
  const before = items.length > 1 ? JSON.stringify(desk.tenant) : undefined;
  const results = items.map((item) => attempt(item, act));
  const refused = results.filter((each) => each.StatusAttributeString === 'ERROR');
  if (refused.length === 0 || !summarize) return envelope(desk, kind, { items: results });
  if (before !== undefined) Object.assign(desk.tenant, JSON.parse(before));
  return validationReply(refused.map(({ StatusAttributeString: _, ...rest }) => rest));
}

function attempt(item: Given, act: (item: Given) => Shape): Shape {
  try {
    return { ...act(item), StatusAttributeString: 'OK' };
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    const ValidationErrors = error.messages.map((Message) => ({ Message }));
    return { ...item, StatusAttributeString: 'ERROR', ValidationErrors };
  }
}
