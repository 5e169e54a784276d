/**
 * Rent Manager's log-in: name and password give a token, as a JSON string. How long it is good is not told, and a user may log in
 * so many times only, so one token is kept and shared, and another one is asked for when that one is refused.
 */
import { bodyOf, errorIn } from '../../http/body';
import { sendJson } from '../../http/encode';
import { fail, fault, isGood } from '../../http/faults';
import type { OAuth } from '../../http/oauth';
import { address, FIELDS } from './api';

/** Nobody has seen one live longer; a 401 before is no harm. */
const GOOD_SECONDS = 12 * 3600;
const WAIT_SECONDS = 900;

export const oauth: OAuth = {
  grant: 'client',
  authorize: () => fail('rejected', 'Rent Manager is not signed in to in the browser.'),
  request: (credentials) =>
    sendJson('POST', address(credentials, 'Authentication/AuthorizeUser'), {
      Username: credentials[FIELDS.user] ?? '',
      Password: credentials[FIELDS.password] ?? '',
      LocationID: Number(credentials[FIELDS.location]?.trim() || 1),
    }),
  read(reply) {
    const body = bodyOf(reply, 'token');
    const access = typeof body.value === 'string' ? body.value : body.str('Token');
    return access === '' ? body.wrong('a token') : { access, expiresInSeconds: GOOD_SECONDS };
  },
  fault(reply) {
    if (isGood(reply)) return undefined;
    const { status } = reply;
    const error = errorIn(reply);
    const said = error.word('UserMessage') ?? error.word('DeveloperMessage') ?? error.word('Message') ?? '';
    if (/maximum number of times/i.test(said))
      return fault(
        'busy',
        'This Rent Manager user is logged in too many times. Give the ledger a user of its own, or log out elsewhere.',
        { status, retryAfterSeconds: WAIT_SECONDS },
      );
    if (status === 429) return fault('busy', 'Rent Manager has too many calls at once.', { status });
    if (status >= 500)
      return fault('down', `Rent Manager's log-in failed (HTTP ${status}). ${said}`.trim(), { status });
    return fault('auth', `Rent Manager refused the log-in (HTTP ${status}). ${said}`.trim(), { status });
  },
};
