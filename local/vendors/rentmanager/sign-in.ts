/** Rent Manager's log-in: a user's name and password give a token, as a JSON string; too many good ones are refused. */
import { nextNumber } from '../kit/reply';
import { object, text, whole } from '../kit/strict';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { failure, invalid } from './errors';
import { admit, bodyOf, locationIn } from './gate';
import type { RentmanagerState } from './state';

const CREDENTIALS = object({ Username: text({ min: 1 }), Password: text({ min: 1 }), 'LocationID?': whole });

const quoted = (value: string): SandboxReply => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
});

export function authorizeUser(state: RentmanagerState, request: SandboxRequest, nowMs: number): SandboxReply {
  const body = bodyOf(request) as { Username: string; Password: string; LocationID?: number };
  const complaint = CREDENTIALS(body, '');
  if (complaint) throw invalid(complaint.at, `${complaint.what}: ${complaint.wanted}`);
  const user = state.users.find((one) => one.name === body.Username && one.password === body.Password);
  if (!user) throw failure(401, 'The username or password is incorrect.');
  const location = locationIn(user, String(body.LocationID ?? 1), 'LocationID');
  const good = Object.values(state.tokens).filter((token) => token.user === user.id && token.untilMs > nowMs);
  if (good.length >= state.logInsAtOnce)
    throw failure(403, `${user.name} has logged in the maximum number of times. Log out elsewhere first.`);
  const number = nextNumber(state, 'token');
  const token = `rm12-${String(number).padStart(4, '0')}-${user.name}-token`;
  state.tokens[token] = { user: user.id, location, untilMs: nowMs + state.tokenSeconds * 1000 };
  return quoted(token);
}

/** From now on the token works in another location. */
export function changeLocation(
  state: RentmanagerState,
  request: SandboxRequest,
  url: URL,
  nowMs: number,
): SandboxReply {
  const { user } = admit(state, request, nowMs);
  const text = url.searchParams.get('locationID');
  if (text === null) throw invalid('locationID', 'A value is required.');
  const token = request.headers['x-rm12api-apitoken'] as string;
  (state.tokens[token] as { location: number }).location = locationIn(user, text, 'locationID');
  return quoted(token);
}
