/** Events: a post to every verified callback that is registered for the event, or for all events of its noun. */
import { createHmac } from 'node:crypto';
import type { Callback, Desk } from './state';

/** Queues the news; a post leaves seconds to minutes later, when whoever plays the network takes it. */
export function tell(desk: Desk, event: string, objectId: number): void {
  for (const callback of desk.state.callbacks) {
    const isFor = callback.event === event || callback.event === event.split('.')[0];
    if (callback.verified && isFor) post(desk, callback, { name: event, object_id: String(objectId) });
  }
}

/** The verifier goes to the address itself: whoever can read it there owns the address. */
export function sendVerifier(desk: Desk, callback: Callback): void {
  const { callbackid, verifier } = callback;
  post(desk, callback, { name: 'callback.verify', object_id: String(callbackid), verifier });
}

function post(desk: Desk, { uri, verifier }: Callback, fields: Readonly<Record<string, string>>): void {
  const { state, account } = desk;
  const business = state.businesses.find((each) => each.account_id === account);
  const form = {
    ...fields,
    account_id: account,
    business_id: String(business?.id ?? ''),
    identity_id: String(state.user.id),
    user_id: '1',
  };
  // Signed over the fields as Python's json.dumps prints them.
  const pairs = Object.entries(form).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  const signature = createHmac('sha256', verifier)
    .update(`{${pairs.join(', ')}}`)
    .digest('base64');
  state.posts.push({
    uri,
    body: new URLSearchParams(form).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-freshbooks-hmac-sha256': signature },
  });
}
