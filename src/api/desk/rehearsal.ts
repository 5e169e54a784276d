/** A dry run of one effect: the request that would be sent to a gateway for a real charge or payment, with its secrets masked. */
import type { Connector, EffectContext } from '../../connectors/connector';
import type { Intent } from '../../domain/book';
import { wishesToday } from '../../domain/mirror';
import type { LeaseId } from '../../domain/values';
import type { HttpRequest } from '../../ports';
import { type App, accountOf, runNow } from '../../run/app';
import { loadBook } from '../../sheet/load';
import { type Open, opened } from './platform-acts';
import type { Refusal } from './told';

export interface Rehearsed {
  /** The charge or payment that it is about. */
  readonly about: string;
  readonly requests: readonly {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: string;
  }[];
}

const MASK = '[secret]';

export function rehearse(
  app: App,
  { platform, kind, lease }: { readonly platform: string; readonly kind: string; readonly lease: string },
): Rehearsed | Refusal {
  const open = opened(app, platform);
  if ('refused' in open) return open;
  const { connector } = open;
  if (!connector.rehearse) return { refused: `${connector.title} has no dry run: its requests are the vendor's own.` };
  const { book } = loadBook(app.host);
  const wish = wishesToday(book, runNow(app), platform, lease as LeaseId).find((each) => each.kind === kind);
  if (!wish) return { refused: `There is no ${kind} of ${lease.slice(0, 60)} to try it with.` };
  const requests = connector.rehearse(kind, contextFor(app, connector, wish));
  return { about: wish.subject, requests: requests.map((request) => shown(open, request)) };
}

const contextFor = (app: App, connector: Connector, wish: Intent): EffectContext => ({
  key: wish.key,
  payload: wish.payload,
  now: runNow(app).now,
  account: accountOf(app, connector),
  attempt: 1,
});

/** Signed as it would be, with a mask in place of everything that is not known to be open. */
function shown({ connector, credentials }: Open, request: HttpRequest): Rehearsed['requests'][number] {
  const open = new Set(connector.credentials.filter((field) => field.secret === false).map(({ name }) => name));
  const masked = Object.entries(credentials).map(([name, value]) => [name, open.has(name) ? value : MASK]);
  const { method, url, headers, contentType, body = '' } = connector.sign(request, Object.fromEntries(masked));
  const named = Object.entries(headers).map(([name, value]) => [name, value.replace(SCHEME, `$1 ${MASK}`)] as const);
  return { method, url, headers: [...(contentType ? [['Content-Type', contentType] as const] : []), ...named], body };
}

/** The mask itself is encoded in it. */
const SCHEME = /^(Basic|Bearer) .+$/;
