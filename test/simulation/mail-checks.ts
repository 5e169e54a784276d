/** The laws of mails: none in quiet hours, none to who wants none, no demand to who had paid or is on hold. */
import { type DayText, wallClock } from './days';
import { type Case, moneyOf, total, truthOf } from './evidence';
import type { Lived } from './simulation';

interface Mail {
  readonly key: string;
  readonly atMs: number;
  readonly to: string;
}

export function mailsOf(world: Pick<Lived['world'], 'mailbox'>): Mail[] {
  return world.mailbox
    .filter((mail) => mail.labelIds.includes('SENT'))
    .map((mail) => ({ key: keyOf(mail.raw), atMs: mail.date, to: mail.to }));
}

function keyOf(raw: string): string {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  const text = /^X-Rent-Ledger-Key: (.*)$/im.exec(head)?.[1] ?? '';
  // A long key is folded into encoded words; the blanks between two of them are no part of it.
  const whole = text.replace(/\?=\s+=\?/g, '?==?').trim();
  return whole.replace(/=\?UTF-8\?B\?([^?]*)\?=/gi, (_word, base64: string) =>
    Buffer.from(base64, 'base64').toString(),
  );
}

export function quietFaults(lived: Lived): string[] {
  const { plan } = lived;
  const zoneOf = (mail: Mail): string | undefined => {
    const lease = plan.leases.find((each) => each.email === mail.to);
    const name = lease?.property ?? plan.properties.find((each) => mail.key.includes(`digest:${each.name}`))?.name;
    return plan.properties.find((each) => each.name === name)?.zone;
  };
  return mailsOf(lived.world).flatMap((mail) => {
    const zone = zoneOf(mail);
    if (zone === undefined) return [];
    const { hour } = wallClock(mail.atMs, zone);
    return hour >= 21 || hour < 8
      ? [`${mail.key} left at ${hour}:00 of ${zone}, ${new Date(mail.atMs).toISOString()}`]
      : [];
  });
}

const LATE = /^email:(late|late-second|final-notice):/;

/** No demand reaches a resident who had paid by what the poll before could see, who is on hold, or who wants no mail. */
export function mailFaults(one: Case): string[] {
  const { lived, lease, property } = one;
  const mails = mailsOf(lived.world).filter((mail) => mail.to === lease.email);
  const unwanted = lease.notify === 'none' ? mails.map((mail) => `${mail.key} went to a resident who wants none`) : [];
  const demands = mails.filter((mail) => LATE.test(mail.key));
  const wrong = demands.flatMap((mail) => {
    const day = wallClock(mail.atMs, property.zone).day;
    const hold = lived.past.holds.filter((each) => each.lease === lease.id && each.atMs < mail.atMs).at(-1);
    if (hold !== undefined && hold.until >= day)
      return [`${mail.key} left while the lease was on hold until ${hold.until}`];
    const owed = owedAt(one, mail.atMs, day);
    return owed > 0 ? [] : [`${mail.key} left on ${day} although the platform shows ${-owed} more than was due`];
  });
  return [...unwanted, ...wrong];
}

function owedAt(one: Case, atMs: number, day: DayText): number {
  const seenMs = one.lived.past.goodPollsMs.filter((each) => each < atMs).at(-1) ?? 0;
  const due = one.entries.filter(
    (entry) =>
      ['charge', 'credit'].includes(entry.kind) &&
      Date.parse(entry.postedAt) <= atMs &&
      (entry.due ?? entry.day) <= day,
  );
  const truths = truthOf(one.lived).filter(
    (each) => each.lease === one.lease.id && each.status !== 'failed' && each.status !== 'nothing',
  );
  const paid = truths.filter((each) => each.atMs < seenMs - 60_000);
  const back = truths.flatMap((each) => each.reversals).filter((each) => each.atMs <= atMs);
  return (
    total(due.map((entry) => moneyOf(one, entry))) -
    total(paid.map((each) => each.amountCents)) +
    total(back.map((each) => each.amountCents))
  );
}
