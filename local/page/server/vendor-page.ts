/** A vendor's own page, as far as its stand-in has one: somebody agrees there, and the script's page ends what was begun. */
import type { Hono } from 'hono';
import { registerOurAddress } from '../../story/sign-in';
import { sandboxFor } from '../../vendors';
import { linkPlaidBank } from '../../vendors/people';
import type { PlaidState } from '../../vendors/plaid';
import type { World } from '../../world';
import type { Desk } from './desk';
import { type Door, isToken } from './guard';
import { askPage, escaped, PAGE_POLICY, page, type Ways } from './vendor-html';

interface StandIn {
  readonly title: string;
  /** What is asked for, as HTML. */
  readonly asks: string;
  readonly agree: string;
  readonly refuse: string;
  /** Where the vendor sends the browser back to; undefined where it refuses the request. */
  answer(world: World, agrees: boolean): URL | undefined;
}

/** The page on which a sign-in is agreed to. */
function consent(address: string): StandIn | undefined {
  const sandbox = sandboxFor(new URL(address).host);
  if (!sandbox) return undefined;
  const scope = new URL(address).searchParams.get('scope') ?? '';
  const scopes = scope === '' ? '' : `<p>It asks for: <code>${escaped(scope)}</code></p>`;
  return {
    title: sandbox.title,
    asks: `<p>Rent Ledger wants to work with your ${escaped(sandbox.title)} account.</p>${scopes}`,
    agree: 'Allow',
    refuse: 'Do not allow',
    answer: (world, agrees) => {
      registerOurAddress(world, sandbox.id);
      const request = { method: 'GET', url: address, headers: {}, body: '' };
      const reply = sandbox.handle(world.vendorState(sandbox.id), request, world.now);
      if (reply.headers.location === undefined) return undefined;
      const back = new URL(reply.headers.location);
      if (agrees) return back;
      back.search = new URLSearchParams({
        state: back.searchParams.get('state') ?? '',
        error: 'access_denied',
      }).toString();
      return back;
    },
  };
}

const PLAID_PAGES = 'secure.plaid.com';

/** The page on which a bank is linked. */
function bankPage(address: string): StandIn | undefined {
  if (new URL(address).host !== PLAID_PAGES) return undefined;
  return {
    title: 'Plaid',
    asks: '<p>Choose your bank and sign in there. Here it is First Platypus Bank, with one account.</p>',
    agree: 'Link the account',
    refuse: 'Leave',
    answer: (world, agrees) => {
      const plaid = world.vendorState<PlaidState>('plaid');
      const link = Object.values(plaid.links).find((each) => each.hosted_link_url === address);
      if (!link || link.untilMs < world.now) return undefined;
      const back = agrees ? linkPlaidBank(plaid, address, { mask: '4417' }, world.now).back : link.redirect;
      return back === null ? undefined : new URL(back);
    },
  };
}

const isAddress = (text: string): boolean => URL.canParse(text) && text.startsWith('https://');

const elsewhere = (url: string): string =>
  page(
    'A page elsewhere',
    `<p>This page is the vendor's own; there is no stand-in for it on this computer:</p><p><code>${escaped(url)}</code></p>`,
  );

/** The token stands in the address, for a browser follows these as links. */
export function addVendorPages(app: Hono, desk: Desk, door: Door): void {
  app.get('/vendor/:answer?', async (context) => {
    const { url = '', t } = context.req.query();
    const answer = context.req.param('answer') ?? 'ask';
    if (!isToken(t, door.token) || !isAddress(url)) return context.text('There is nothing at this address.', 404);
    const headers = { 'content-security-policy': PAGE_POLICY };
    const shown = (html: string) => context.html(html, 200, headers);
    const standIn = bankPage(url) ?? consent(url);
    if (!standIn) return shown(elsewhere(url));
    const { title, agree, refuse, asks } = standIn;
    const ways: Ways = { title, agree, refuse, address: url, token: door.token };
    if (answer === 'ask') return shown(askPage(ways, asks));
    const html = await desk.act('Signing in', () => {
      const back = standIn.answer(desk.world, answer === 'agree');
      return back && desk.world.doGet(Object.fromEntries(back.searchParams)).body;
    });
    return shown(html ?? page(`${title} refused`, '<p>Its stand-in did not accept this request.</p>'));
  });
}
