/** A resident in a living house: pages opened by the link of a mail, forms posted as they stand there, and what came of it since. */
import { type Fields, formsOf, unescaped } from '../../local/story/resident-page';
import { leapTo, type Row, tabOf, typeInto, type World } from '../worlds';

export { type Fields, formsOf, unescaped };

export const ANA = 'l-1@example.com';

export const decoded = (raw: string): string => raw.replace(/=\r?\n/g, '').replace(/=3D/g, '=');
/** What a reader sees of a piece of a page; a space where a tag stood, one each. */
export const wordsOf = (html: string): string =>
  unescaped(html.replace(/<(style|head)[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();

/** The words of the section with this id, without what its forms ask; '' where the page has none. */
export function sectionOf(html: string, id: string): string {
  const found = html.split('<section').find((piece) => new RegExp(`^[^>]*\\bid="${id}"`).test(piece));
  return wordsOf(`<section${found ?? '>'}`.split('</section>')[0]?.replace(/<details[\s\S]*?<\/details>/g, '') ?? '');
}

/** The mails to somebody, as they can be read. */
export const lettersTo = (world: World, address: string): readonly string[] =>
  world.mailbox.flatMap(({ to, raw }) => (to === address ? [decoded(raw)] : []));

/** The token of the newest mail to the resident that bears one. */
export function linkOf(world: World): string {
  const tokens = lettersTo(world, ANA).map((letter) => /[?]page=(rl_[\w-]+)/.exec(letter)?.[1] ?? '');
  return tokens.filter((token) => token !== '').pop() ?? '';
}

export const openPage = (world: World, more: Row = {}): string => world.doGet({ page: linkOf(world), ...more }).body;

export interface Clicked {
  readonly says: string;
  /** Where the answer leads on to, at a processor. */
  readonly url: string;
  readonly body: string;
  /** The same form was sent again at once: the same answer, and nothing was written. */
  readonly again: boolean;
}

/** Everything that a click may change, at the processors too; not the counters, nor the number on each page. */
export const marks = (world: World): string => {
  const tabs = ['Ledger', 'Log', 'Outbox', 'Requests', 'Receipts', 'Tasks', 'Leases', 'Links'];
  const vendors = ['stripe', 'paypal'].map((id) => {
    const { objects, orders, txns } = world.vendorState<Record<string, unknown>>(id);
    return [objects, orders, txns];
  });
  return JSON.stringify([tabs.map((tab) => tabOf(world, tab)), world.mailbox.length, vendors]);
};

const lasting = (body: string): string => body.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, 'REQUEST');

/** The form of the page that does `act` (and bears `hidden`) is filled in and sent, twice, as impatient people do. */
export function click(world: World, html: string, act: string, typed: Fields = {}, hidden: Fields = {}): Clicked {
  const asked = Object.entries({ act, ...hidden });
  const form = formsOf(html).find((each) => asked.every(([name, value]) => each[name] === value));
  if (!form) throw new Error(`the page has no form ${JSON.stringify(hidden)} for ${act}`);
  const body = new URLSearchParams({ ...form, ...typed }).toString();
  const answer = world.doPost({ body }).body;
  const before = marks(world);
  const second = world.doPost({ body }).body;
  const url = /href="(https:\/\/[^"]*(?:stripe|paypal)[^"]*)"/.exec(answer)?.[1] ?? '';
  const again = lasting(second) === lasting(answer) && marks(world) === before;
  return { says: wordsOf(answer), url: unescaped(url), body, again };
}

/** Days until this one go by with a run in the morning and one in the afternoon, New York in winter. */
export function liveUntil(world: World, day: string): void {
  const afternoon = Date.parse(`${day}T20:00:00Z`);
  for (let at = Date.parse(new Date(world.now).toISOString().slice(0, 10)); at < afternoon; at += 86_400_000)
    for (const hour of [14, 20]) {
      const then = at + hour * 3_600_000;
      if (then > world.now && then <= afternoon) leapTo(world, then);
    }
}

export const payBy = (world: World, processor: string): void =>
  void typeInto(world, 'Properties', 'Elm House', 'Pay by', processor);

export interface News {
  /** Who got it, and its subject; the manager's digests are left out. */
  readonly mails: readonly string[];
  /** Kind, type and amount of each row, and by whom. */
  readonly ledger: readonly string[];
  /** What the Log says of the lease, mails that left apart. */
  readonly log: readonly string[];
}

/** Tells what has been added since it was last asked. */
export function newsOf(world: World): () => News {
  const seen = { mails: 0, ledger: 0, log: 0 };
  const fresh = <T>(of: keyof typeof seen, all: readonly T[]): readonly T[] => {
    const added = all.slice(seen[of]);
    seen[of] = all.length;
    return added;
  };
  const who = (by = '') => (/^(tick|poll|deliver|resume)/.test(by) ? '' : ` (${by})`);
  return () => ({
    mails: fresh('mails', world.mailbox)
      .filter(({ subject }) => !subject.startsWith('Rent digest'))
      .map(({ to, subject }) => `${to}: ${subject}`),
    ledger: fresh('ledger', tabOf(world, 'Ledger')).map(
      ({ Kind, Type = '', Amount, By }) => `${Kind} ${Type.split(':')[0]} ${Amount}${who(By)}`,
    ),
    log: fresh('log', tabOf(world, 'Log'))
      .filter((row) => row['Lease ID'] === 'L-1' && row.Kind !== 'effect sent')
      .map(({ Who, Kind, What = '' }) => `${Kind}: ${What.split(' (')[0]}${who(Who)}`),
  });
}
