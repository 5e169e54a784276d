/** Linking a bank on Plaid's own page (Hosted Link): the landlord's account to read, or a resident's to debit. */
import { currency } from '../../domain/values';
import { bodyOf } from '../../http/body';
import { withQuery } from '../../http/encode';
import { faultOf } from '../../http/faults';
import type { Json } from '../../http/json';
import { type Account, asked, type BankLinks, type Flow, type LinkedBank } from '../connector';
import { DAY_MS, joined } from '../seen';
import { keyedWrite, read, secretOf, write } from './api';
import { clientName } from './effects';

const PRODUCTS = { feed: ['transactions'], pay: ['transfer'] } as const;
/** The resident may open the page days later; Plaid allows 21. */
const PAGE_SECONDS = { feed: 1800, pay: (7 * DAY_MS) / 1000 } as const;

export const banks: BankLinks = {
  *begin({ purpose, leaseId, name, redirect, state, account, item }) {
    const back = redirect === '' ? {} : { completion_redirect_uri: withQuery(redirect, { state }) };
    const reply = yield* asked(
      keyedWrite(account, '/link/token/create', {
        client_name: clientName(purpose === 'pay' ? undefined : name),
        language: 'en',
        country_codes: [purpose === 'pay' ? 'US' : (account.PLAID_COUNTRY ?? 'US')],
        user: { client_user_id: leaseId ?? 'owner', ...(purpose === 'pay' ? { legal_name: name } : {}) },
        // A bank that only wants a new consent keeps its link: a new one would tell all entries again under other ids.
        ...(item ? { access_token: secretOf(item) } : { products: PRODUCTS[purpose] }),
        hosted_link: { url_lifetime_seconds: PAGE_SECONDS[purpose], ...back },
      }),
    );
    const body = bodyOf(reply, 'link');
    return { open: body.str('hosted_link_url'), token: body.str('link_token') };
  },

  // Test calls find out whether Plaid has opened ACH debits to the account; they are for the US only.
  collects: ({ TRANSFERS }) => (TRANSFERS === 'yes' ? [currency('USD')] : []),

  *finish(token, account, item) {
    const body = bodyOf(yield* asked(read(account, '/link/token/get', { link_token: token })), 'link');
    const sessions = body.items('link_sessions');
    if (item !== undefined)
      return sessions.some(isDone) ? yield* linked(account, item, undefined, undefined) : undefined;
    const added = sessions.flatMap(addedIn)[0];
    if (!added) return undefined;
    const exchange = write(account, '/item/public_token/exchange', { public_token: added.str('public_token') });
    const secret = bodyOf(yield* asked(exchange), 'bank');
    return yield* linked(account, secret.str('item_id'), secret.str('access_token'), added);
  },
};

const isDone = (session: Json): boolean =>
  session.has('finished_at') && !session.has('exit.error') && !session.has('on_exit.error');

const addedIn = (session: Json): readonly Json[] => session.items('results.item_add_results');

/** `secret` is undefined where the one that is kept stays good. */
function* linked(
  account: Account,
  item: string,
  secret: string | undefined,
  added: Json | undefined,
): Flow<LinkedBank> {
  const chosen = added && depositoryIn(added.list('accounts'), 'id');
  try {
    const request = read(account, '/accounts/get', { access_token: secret ?? secretOf(item) });
    const body = bodyOf(yield* asked(request), `bank ${item}`);
    const accounts = body.list('accounts');
    const same = accounts.find((each) => each.str('account_id') === chosen?.str('id'));
    const one = same ?? depositoryIn(accounts, 'account_id') ?? body.at('accounts').wrong('a list with an account');
    const name = nameOf(body.opt('item.institution_name') ?? added?.opt('institution.name'), one);
    return { item, secret: secret ?? '', name, accountId: one.str('account_id') };
  } catch (error) {
    // The secret is given once only: it must not be lost because its bank is slow.
    faultOf(error);
    if (secret === undefined || !chosen) throw error;
    return { item, secret, name: nameOf(added?.opt('institution.name'), chosen), accountId: chosen.str('id') };
  }
}

/** Rent goes through a current account; a card or a loan may be linked beside it. */
const depositoryIn = (accounts: readonly Json[], id: string): Json | undefined =>
  accounts.find((each) => each.opt('type') === 'depository' && each.has(id)) ?? accounts.find((each) => each.has(id));

const nameOf = (bank: string | undefined, account: Json): string => {
  const mask = account.opt('mask');
  return joined([bank, account.opt('name'), mask && `…${mask}`]);
};
