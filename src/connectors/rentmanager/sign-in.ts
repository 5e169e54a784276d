/**
 * Rent Manager's log-in: name and password give a token, as a JSON string. How long it is good is not told, and a user may log in
 * so many times only, so one token is kept and shared, and another one is asked for when that one is refused. A gateway has no
 * log-in: a look at its list proves the key.
 */
import { bodyOf, errorIn } from '../../http/body';
import { sendJson } from '../../http/encode';
import { fail, fault, isGood } from '../../http/faults';
import type { Json } from '../../http/json';
import type { OAuth } from '../../http/oauth';
import type { HttpRequest } from '../../ports';
import { address, FIELDS } from './api';
import { gate, isGateway } from './profiles';

type Named = Readonly<Record<string, string>>;

/** Nobody has seen one live longer; a 401 before is no harm. */
const GOOD_SECONDS = 12 * 3600;
/** A gateway's key ends with a 401. */
const KEY_SECONDS = 30 * 24 * 3600;
const WAIT_SECONDS = 900;

function logIn(credentials: Named): HttpRequest {
  const [Username = '', Password = ''] = [credentials[FIELDS.user], credentials[FIELDS.password]];
  const url = address(credentials, 'Authentication/AuthorizeUser');
  if (Username === '' || Password === '') return fail('rejected', 'Enter the user and the password for WAPI12.');
  return sendJson('POST', url, { Username, Password, LocationID: Number(credentials[FIELDS.location]?.trim() || 1) });
}

function look(credentials: Named): HttpRequest {
  const { value } = gate.test(credentials).next();
  const [request] = value as readonly HttpRequest[];
  if (!request) throw new Error('Rent Ledger bug: a gateway that is not looked at');
  return gate.sign(request, credentials);
}

/** Rows, bare or in a member of whatever name. */
const isList = ({ value }: Json): boolean =>
  typeof value === 'object' && value !== null && [value, ...Object.values(value)].some(Array.isArray);

export const oauth: OAuth = {
  grant: 'client',
  authorize: () => fail('rejected', 'Rent Manager is not signed in to in the browser.'),
  request: (credentials) => (isGateway(credentials) ? look(credentials) : logIn(credentials)),
  read(reply) {
    const body = bodyOf(reply, 'token');
    if (isList(body)) return { access: 'key', expiresInSeconds: KEY_SECONDS };
    const access = typeof body.value === 'string' ? body.value : body.str('Token');
    return access === '' ? body.wrong('a token') : { access, expiresInSeconds: GOOD_SECONDS };
  },
  fault(reply) {
    if (isGood(reply)) return undefined;
    const { status } = reply;
    const error = errorIn(reply);
    const names = ['UserMessage', 'DeveloperMessage', 'Message', 'message', 'error'];
    const said = names.map((name) => error.word(name)).find((word) => word !== undefined) ?? '';
    if (/maximum number of times/i.test(said))
      return fault(
        'busy',
        'This Rent Manager user is logged in too many times. Give the ledger a user of its own, or log out elsewhere.',
        { status, retryAfterSeconds: WAIT_SECONDS },
      );
    if (status === 429) return fault('busy', 'Rent Manager has too many calls at once.', { status });
    if (status >= 500) return fault('down', `The log-in failed (HTTP ${status}). ${said}`.trim(), { status });
    return fault('auth', `The log-in was refused (HTTP ${status}). ${said}`.trim(), { status });
  },
};
