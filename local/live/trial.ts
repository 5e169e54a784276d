/** A trial of a connector: it signs in, reads a week of its feed, and builds its effects without sending what would change anything. */
import { sign } from 'node:crypto';
import type { Account, Connector, Credentials, FeedPage, Flow } from '../../src/connectors/connector';
import type { DeliveryPage } from '../../src/connectors/messages';
import { instant, key } from '../../src/domain/values';
import { runFlows } from '../../src/http/client';
import { FaultError, fault, faultOf } from '../../src/http/faults';
import { redact } from '../../src/http/redact';
import type { HttpReply, HttpRequest, Transport } from '../../src/ports';
import { ACCESS_TOKEN, EXPIRES_AT } from '../../src/run/tokens';
import { redactBody, redactUrl } from '../har';
import { beforeOf, credentialOf, messageOf, SECRETS_AT_PLATFORM, sampleOf } from './samples';

const WEEK_MS = 7 * 86_400_000;
const PAGES = 20;

/** What the environment must hold, by name, and why. */
export function wanted(
  connector: Connector,
): readonly { readonly name: string; readonly help: string; readonly optional: boolean }[] {
  const fields = connector.credentials.map(({ name, help, optional = false, choices }) => ({
    name,
    help: choices ? `${help} One of: ${choices.join(', ')}.` : help,
    optional: optional || choices !== undefined,
  }));
  if (connector.ownToken) return [...fields, { name: ownTokenName(connector), help: OWN_TOKEN, optional: false }];
  if (connector.oauth?.grant !== 'code') return fields;
  const help = 'The refresh token of a sign-in with your own application; the vendor’s playground gives one.';
  // Where a token of the owner's may be entered instead, nobody has to sign in.
  const optional = connector.oauth.instead !== undefined;
  return [...fields, { name: refreshName(connector), help, optional }, ...(TOLD_AT_SIGN_IN[connector.id] ?? [])];
}

/** What a vendor tells the page on which a sign-in ends, and never again. */
const TOLD_AT_SIGN_IN: Readonly<Record<string, ReturnType<typeof wanted>>> = {
  quickbooks: [
    {
      name: 'RENT_LEDGER_ACCOUNT_REALM_ID',
      help: 'The company ID (realm ID), which Intuit’s OAuth playground shows beside the token.',
      optional: false,
    },
  ],
};

const nameFor = ({ id }: Connector, what: string): string => `${id.toUpperCase().replace(/\W/g, '_')}_${what}`;
/** At Google the script's own token is used; on trial it is one that a person gets for an hour. */
const ownTokenName = (connector: Connector): string => nameFor(connector, 'ACCESS_TOKEN');
const OWN_TOKEN =
  'An access token of yours: developers.google.com/oauthplayground > Google Sheets API v4 > spreadsheets.';
export const refreshName = (connector: Connector): string => nameFor(connector, 'REFRESH_TOKEN');

/** Values that the environment gives for the account besides what its test call finds, such as an organisation. */
const ACCOUNT = /^RENT_LEDGER_ACCOUNT_(\w+)$/;

export interface Trial {
  readonly connector: Connector;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly transport: Transport;
  readonly nowMs: number;
  readonly say: (line: string) => void;
  /** Takes a refresh token that is to be used from now on; the old one may be worth nothing. */
  readonly keep?: (refresh: string) => void;
}

/** Gives true when everything went well. */
export function runTrial(trial: Trial): boolean {
  const { connector, say } = trial;
  const bench = new TrialBench(trial);
  const signedIn = bench.signIn();
  if (signedIn !== undefined) {
    say(`Sign-in: ${signedIn}`);
    return false;
  }
  const seen = connector.test ? bench.run(connector.test(bench.account)) : undefined;
  if (seen && 'fault' in seen) {
    say(`Test call: ${seen.fault.message}`);
    return false;
  }
  if (seen) {
    bench.account = { ...bench.account, ...seen.value.found };
    say(`Connected: ${seen.value.name} (${seen.value.mode})`);
  }
  const feed = readFeed(trial, bench) && readNews(trial, bench);
  const effects = Object.keys(connector.effects ?? {}).map((name) => dryEffect(trial, bench, name));
  return feed && effects.every(Boolean);
}

function readFeed({ connector, nowMs, say }: Trial, bench: TrialBench): boolean {
  const { receipts } = connector;
  if (!receipts) return true;
  const context = { since: instant(nowMs - WEEK_MS), now: instant(nowMs), account: bench.account };
  let [payments, pages, faults] = [0, 0, 0];
  let page: FeedPage | undefined;
  do {
    const result = bench.run(receipts.pull(page?.state, context));
    if ('fault' in result) {
      say(`Feed: ${result.fault.message}`);
      return false;
    }
    page = result.value;
    payments += page.payments.length;
    faults += page.faults.length;
    for (const each of page.faults) say(`Feed, ${each.about}: ${each.fault.message}`);
    pages++;
  } while (page.more && pages < PAGES);
  say(`Feed: ${payments} payments of the last week on ${pages} pages, ${faults} that cannot be read`);
  return faults === 0;
}

/** What became of the messages of the last week. */
function readNews({ connector, nowMs, say }: Trial, bench: TrialBench): boolean {
  const { deliveries } = connector;
  if (!deliveries) return true;
  const context = { since: instant(nowMs - WEEK_MS), now: instant(nowMs), account: bench.account, open: [] };
  let [news, pages, faults] = [0, 0, 0];
  let page: DeliveryPage | undefined;
  do {
    const result = bench.run(deliveries.pull(page?.state, context));
    if ('fault' in result) {
      say(`Deliveries: ${result.fault.message}`);
      return false;
    }
    page = result.value;
    news += page.delivered.length;
    faults += page.faults.length;
    for (const each of page.faults) say(`Deliveries, ${each.about}: ${each.fault.message}`);
    pages++;
  } while (page.more && pages < PAGES);
  say(`Deliveries: ${news} news of the last week on ${pages} pages, ${faults} that cannot be read`);
  return faults === 0;
}

/** Where the platform would post to; the key is nobody's. */
const INBOUND = 'https://example.com/hook?platform=trial&key=trial';

/** Reads go out; the first request that would change something is shown instead. */
function dryEffect({ connector, env, nowMs, say }: Trial, bench: TrialBench, name: string): boolean {
  const effect = connector.effects?.[name];
  if (!effect) return true;
  const credential = credentialOf(connector.id, name);
  if (credential !== undefined && !env[credential]) {
    say(`Effect ${name}: not tried, because ${credential} is not set`);
    return true;
  }
  let shown: HttpRequest | undefined;
  bench.answered = true;
  bench.before = (request) => {
    if (request.method === 'GET' || request.reads) return undefined;
    shown = request;
    return new Error('This is a trial: nothing is changed.');
  };
  const payload = sampleOf(connector.id, name, connector.books !== undefined);
  const { account } = bench;
  const told = { key: key(`trial:${name}`), payload, now: instant(nowMs), account, attempt: 1, inbound: INBOUND };
  const message = effect.carries ? { message: messageOf(effect.carries) } : {};
  const result = bench.run(effect.run({ ...told, ...message, ...beforeOf(connector.id, name) }));
  bench.before = () => undefined;
  if (shown) {
    const body = shown.body === undefined ? '' : ` ${redactBody(shown.body, shown.contentType ?? '').slice(0, 400)}`;
    say(`Effect ${name}: would ${shown.method} ${redactUrl(shown.url)}${body}`);
    return true;
  }
  if ('value' in result) {
    say(`Effect ${name}: it is there already, ${redact(result.value)}`);
    return true;
  }
  // A payment of an invoice that is not there yet, and the like: the vendor was asked and said no, or "not yet".
  say(`Effect ${name}: ${result.fault.message}`);
  if (result.fault.fault === 'down') return bench.answered;
  return result.fault.fault === 'rejected' || result.fault.fault === 'missing' || result.fault.fault === 'busy';
}

const rs256 = (text: string, pem: string): string => sign('RSA-SHA256', Buffer.from(text), pem).toString('base64url');

class TrialBench {
  account: Account;
  /** An error instead of an answer keeps the request from leaving. */
  before: (request: HttpRequest) => Error | undefined = () => undefined;
  /** Every request that left was answered, and by no broken server. */
  answered = true;
  private credentials: Credentials;

  constructor(private readonly trial: Trial) {
    const { connector, env } = trial;
    const entered = connector.credentials.flatMap(({ name, choices }) => {
      const value = env[name] ?? choices?.[0];
      return value ? [[name, value] as const] : [];
    });
    const own: Credentials = connector.ownToken ? { [ACCESS_TOKEN]: env[ownTokenName(connector)] ?? '' } : {};
    this.credentials = { ...Object.fromEntries(entered), ...own, ...SECRETS_AT_PLATFORM[connector.id] };
    const open = connector.credentials.filter((field) => field.secret === false).map((field) => field.name);
    const named = Object.entries(env).flatMap(([name, value]) => {
      const found = ACCOUNT.exec(name)?.[1];
      return found && value ? [[found, value] as const] : [];
    });
    this.account = {
      ...Object.fromEntries(entered.filter(([name]) => open.includes(name))),
      ...Object.fromEntries(named),
    };
  }

  /** Undefined when it went well, else what the vendor said. */
  signIn(): string | undefined {
    const { connector, env } = this.trial;
    if (!connector.oauth || env[connector.oauth.instead ?? '']) return undefined;
    const refresh = env[refreshName(connector)] ?? '';
    const { oauth } = connector;
    const grant =
      oauth.grant === 'client'
        ? { kind: 'client' as const }
        : { kind: 'refresh' as const, refresh, redirect: env.RENT_LEDGER_REDIRECT ?? 'https://example.com/return' };
    const tools = { now: this.trial.nowMs, rs256 };
    let request: HttpRequest;
    try {
      request = oauth.request(this.credentials, grant, tools);
    } catch (error) {
      return faultOf(error).message;
    }
    const [reply] = this.trial.transport.fetchAll([request]);
    if (!reply || !('status' in reply)) return redact(reply?.message ?? 'nothing came back');
    const refused = oauth.fault(reply);
    if (refused) return refused.message;
    const token = oauth.read(reply);
    if (token.refresh && token.refresh !== refresh) this.rotated(token.refresh);
    const expires = String(this.trial.nowMs + token.expiresInSeconds * 1000);
    this.credentials = { ...this.credentials, [ACCESS_TOKEN]: token.access, [EXPIRES_AT]: expires };
    this.account = { ...this.account, ...token.found };
    return undefined;
  }

  private rotated(refresh: string): void {
    const { keep, say } = this.trial;
    keep?.(refresh);
    say(
      keep
        ? 'The vendor gave a new refresh token; it is kept in the file for the next run.'
        : 'The vendor gave a new refresh token, and the old one may not work again. With --keep FILE it is kept for the next run.',
    );
  }

  run<T>(flow: Flow<T>) {
    const { connector, transport, nowMs } = this.trial;
    const fetchAll = (requests: readonly HttpRequest[]): readonly (HttpReply | Error)[] => {
      const kept = requests.map((request) => this.before(request));
      const leaving = requests.filter((_, index) => kept[index] === undefined);
      const replies = [...(leaving.length > 0 ? transport.fetchAll(leaving) : [])];
      if (replies.some((reply) => reply instanceof Error || reply.status >= 500)) this.answered = false;
      return kept.map((error) => error ?? replies.shift() ?? new Error('nothing came back'));
    };
    const { results } = runFlows([{ connector, credentials: this.credentials, flow }], {
      transport: { fetchAll },
      now: () => instant(nowMs),
      mayGoOn: () => true,
      note: () => undefined,
    });
    const [result] = results;
    if (!result) throw new FaultError(fault('down', 'nothing came back'));
    return result;
  }
}
