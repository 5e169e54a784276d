/** Callbacks: an address is sent a verifier and gets no news before it has given it back. */
import { flag, object, text } from '../kit/strict';
import { eventError } from './errors';
import { sendVerifier } from './events';
import { equals, type ListRules } from './lists';
import { type Callback, type Desk, eastern, newId } from './state';

const VERBS = ['create', 'update', 'delete'];
const NOUNS = ['invoice', 'payment', 'client'];
const EVENTS = [...NOUNS, ...NOUNS.flatMap((noun) => VERBS.map((verb) => `${noun}.${verb}`)), 'invoice.sendByEmail'];

export const CALLBACKS: ListRules = {
  one: 'callback',
  many: 'callbacks',
  plain: true,
  searches: { event: equals('event'), uri: equals('uri') },
};

/** The scope that an event takes is that of its noun. */
export const scopeOf = (event: string): string => `user:${event.split('.')[0]}s:read`;

type Members = Readonly<Record<string, unknown>>;

const CREATE = object({ event: text(), uri: text({ like: /^https?:\/\/\S+$/ }) });
const CHANGE = object({
  'event?': text(),
  'uri?': text({ like: /^https?:\/\/\S+$/ }),
  'verifier?': text(),
  'resend?': flag,
});

function check(rule: ReturnType<typeof object>, members: Members): void {
  const complaint = rule(members, '');
  if (complaint) throw eventError(400, `${complaint.what}: wanted ${complaint.wanted}`, complaint.at);
  if (members.event !== undefined && !EVENTS.includes(String(members.event)))
    throw eventError(400, 'Unrecognized event.', 'event');
}

export function createCallback(desk: Desk, members: Members): Callback {
  check(CREATE, members);
  const callbackid = newId(desk.state, 'callback');
  const callback: Callback = {
    callbackid,
    event: String(members.event),
    uri: String(members.uri),
    verified: false,
    updated_at: eastern(desk.nowMs),
    verifier: `verifier${callbackid}of${desk.account}`,
  };
  desk.state.callbacks.push(callback);
  sendVerifier(desk, callback);
  return callback;
}

export function updateCallback(desk: Desk, callback: Callback, members: Members): Callback {
  check(CHANGE, members);
  if (members.verifier !== undefined && members.verifier !== callback.verifier)
    throw eventError(400, 'The verifier does not match.', 'verifier');
  if (members.verifier !== undefined) callback.verified = true;
  if (members.event !== undefined || members.uri !== undefined) {
    Object.assign(callback, { event: members.event ?? callback.event, uri: members.uri ?? callback.uri });
    callback.verified = false;
    sendVerifier(desk, callback);
  }
  if (members.resend === true && !callback.verified) sendVerifier(desk, callback);
  callback.updated_at = eastern(desk.nowMs);
  return callback;
}

export const shownCallback = ({ verifier: _verifier, ...row }: Callback): Record<string, unknown> => ({ ...row });
