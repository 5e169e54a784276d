/** Sets up a fresh world: the workbook's tabs and triggers, and the sandboxes of Stripe and Slack as its platforms. */
import type { World } from '../world';
import { askApi } from './api';
import { newWorld } from './book';
import { morningOf } from './days';
import { Refused } from './errors';
import type { Io } from './io';

export const OWNER = 'owner@example.com';
/** What the sandboxes accept; it opens nothing else. */
const STRIPE_KEY = 'sk_test_rentledger';
const SLACK_WEBHOOK = 'https://hooks.slack.com/services/T000/B000/rentledger';

/** How the file writes numbers and dates, by its currency. */
const LOCALES: Readonly<Record<string, string>> = {
  GBP: 'en_GB',
  CAD: 'en_CA',
  AUD: 'en_AU',
  NZD: 'en_NZ',
  EUR: 'en_IE',
};

export interface NewBook {
  /** The first day of the books; the clock stands at nine that morning. */
  readonly on: string;
  readonly zone: string;
  readonly currency: string;
  readonly title: string;
}

export interface SetUp {
  readonly created: readonly string[];
  /** How many requests it took to mend tabs that were there. */
  readonly repaired: number;
  readonly triggers: readonly string[];
}

const localeOf = (currency: string): string => LOCALES[currency] ?? 'en_US';

/** A world with an empty spreadsheet; nothing is set up yet. */
export function bareWorld(io: Io, { on, zone, currency, title }: NewBook): World {
  return newWorld(io, { now: morningOf(on, zone), zone, locale: localeOf(currency), owner: OWNER, title });
}

/**
 * Makes the tabs and triggers and connects the platforms, as a manager does it in the setup dialog. Reminders are on,
 * because nobody real is written to.
 */
export function setUpWorld(world: World, { on, zone, currency }: NewBook): SetUp {
  const options = { zone, currency, locale: localeOf(currency), booksOpenOn: on, owner: OWNER, reminders: 'on' };
  const setUp = askApi<SetUp>(world, 'setUp', [options]);
  requireConnected(world, 'connect', { platform: 'stripe', credentials: { STRIPE_SECRET_KEY: STRIPE_KEY } });
  requireConnected(world, 'connectSlack', { url: SLACK_WEBHOOK });
  return setUp;
}

function requireConnected(world: World, name: string, args: object): void {
  const { connected, reason } = askApi<{ connected: boolean; reason?: string }>(world, name, [args]);
  if (!connected) throw new Refused(`${name}: ${reason ?? 'no reason was given'}`);
}
