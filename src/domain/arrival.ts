/** Whether what was sent has arrived, by all news of it: their order and their repeats make no difference to the end. */
import type { DeliveryNews, OutboxRow } from './book';
import { wayOf } from './legs';
import type { Instant } from './values';

/** Words after which nothing has reached anybody. */
const LOST: readonly string[] = ['failed', 'bounced', 'blocked', 'opted out'];
/** Words of which each says that somebody has it: who calls it spam has seen it. */
const ARRIVED: readonly string[] = ['delivered', 'complained'];
/** Of two ends of one moment the later word holds. */
const ENDS: readonly string[] = [...ARRIVED, 'failed', 'blocked', 'bounced', 'signed', 'declined', 'voided', 'expired'];
/** Any end comes before these, whenever they were told: who has got a message and then wants no more has got it all the same. */
const OTHERS: readonly string[] = ['sent', 'opened', 'unknown', 'opted out'];

const FINAL: readonly string[] = [...ENDS, 'unknown', 'opted out'];

/** Nothing more is asked about it. */
export const isFinal = ({ delivery }: Pick<OutboxRow, 'delivery'>): boolean =>
  delivery !== undefined && FINAL.includes(delivery.state);

/** It was not sent, or its platform says that it did not arrive. */
export const isLost = ({ state, delivery }: Pick<OutboxRow, 'state' | 'delivery'>): boolean =>
  state === 'failed' || (state === 'sent' && delivery !== undefined && LOST.includes(delivery.state));

export const plain = (address: string): string => address.trim().toLowerCase();
export const addressesOf = ({ to }: Pick<OutboxRow, 'to'>): readonly string[] => to.split(',').map(plain);

export interface Told {
  readonly state: string;
  readonly at: Instant;
  readonly detail: string;
  readonly address?: string;
}

type Row = Pick<OutboxRow, 'key' | 'to' | 'delivery'>;

/** What is known of a row after one more piece of news; undefined where that changes nothing. */
export function newsAfter(row: Row, told: Told): DeliveryNews | undefined {
  if (!ENDS.includes(told.state) && !OTHERS.includes(told.state)) return undefined;
  if (wayOf(row) === 'email' && addressesOf(row).length > 1) return sharedNews(row, told);
  const { state, at, detail } = told;
  return comesAfter(told, row.delivery) ? { state, at, detail } : undefined;
}

/** An end comes before everything else, and of two ends the newer one holds. */
function comesAfter(news: Told, before: DeliveryNews | undefined): boolean {
  if (before === undefined) return true;
  const [level, known] = [OTHERS.indexOf(news.state), OTHERS.indexOf(before.state)];
  if (level >= 0) return known >= 0 && level > known;
  if (known >= 0 || news.at !== before.at) return known >= 0 || news.at > before.at;
  return ENDS.indexOf(news.state) > ENDS.indexOf(before.state);
}

// ---------------------------------------------------------------- one mail to several people

/** One that arrived is enough. It is lost when it is lost to each of them; until then its losses stand beside it, one a line. */
function sharedNews(row: Row, told: Told): DeliveryNews | undefined {
  const { delivery } = row;
  const { state, at, detail } = told;
  const hasArrived = delivery !== undefined && ARRIVED.includes(delivery.state);
  if (ARRIVED.includes(state)) return !hasArrived || comesAfter(told, delivery) ? { state, at, detail } : undefined;
  if (hasArrived) return undefined;
  const known = lossesIn(row);
  if (LOST.includes(state)) return withLoss(row, known, told);
  if (!comesAfter(told, delivery)) return undefined;
  return { state, at, detail: known.size > 0 ? linesOf(known) : detail };
}

type Losses = ReadonlyMap<string, string>;

/** News that names nobody is about all of them. */
function withLoss(row: Row, known: Losses, { state, at, detail, address }: Told): DeliveryNews | undefined {
  const all = addressesOf(row);
  const said = `${state}${detail ? `: ${detail.replace(/\s+/g, ' ').slice(0, 160)}` : ''}`;
  const losses = new Map(known);
  for (const each of address === undefined ? all : [plain(address)])
    if (said > (losses.get(each) ?? '')) losses.set(each, said);
  const lines = linesOf(losses);
  if (lines === linesOf(known)) return undefined;
  const before = row.delivery?.state ?? 'sent';
  const end = all.every((each) => losses.has(each)) ? wordOf([...losses.values()]) : before;
  const newest = known.size > 0 && row.delivery && row.delivery.at > at ? row.delivery.at : at;
  return { state: end, at: newest, detail: lines };
}

const linesOf = (losses: Losses): string =>
  [...losses]
    .map(([address, said]) => `${address} ${said}`)
    .sort()
    .join('\n');

function lossesIn(row: Row): Losses {
  const lines = row.delivery?.detail.split('\n') ?? [];
  return new Map(
    addressesOf(row).flatMap((address) => {
      const said = lines.find((line) => LOST.some((word) => line.startsWith(`${address} ${word}`)));
      return said === undefined ? [] : [[address, said.slice(address.length + 1)] as const];
    }),
  );
}

/** The word that holds for all of them, else that it failed. */
function wordOf(losses: readonly string[]): string {
  const words = new Set(losses.map((said) => LOST.find((word) => said.startsWith(word))));
  const [only] = words;
  return words.size === 1 && only !== undefined ? only : 'failed';
}
