/** The statement of one lease for a person, with the terms of its late fee in words. */

import { localDay, parseDay } from '../domain/calendar';
import { graceWords } from '../domain/fee-words';
import { lawOf, lawWords } from '../domain/law';
import { decimal } from '../domain/money';
import { statementOf } from '../domain/statement';
import { type App, runNow } from '../run/app';
import { loadBook } from '../sheet/load';
import { accountOf, noLease } from './account';
import { entriesOf } from './export';

/** As of a day, today where none is given. An unknown lease is refused in words. */
export function statement(app: App, { lease: id, asOf }: { lease: string; asOf?: string | undefined }) {
  const loaded = loadBook(app.host);
  const account = accountOf(loaded, app, id);
  if (!account) return { refused: noLease(id) };
  const { lease, property } = account;
  const on = parseDay(asOf ?? '') ?? localDay(runNow(app).now, property.zone);
  const told = statementOf(lease.id, entriesOf(app, loaded), on);
  const law = lawOf(property.jurisdiction);
  return {
    lease: lease.id,
    asOf: on,
    currency: property.currency,
    lines: told.lines.map(({ entry, effectCents, balanceCents }) => ({
      day: entry.day,
      key: entry.key,
      kind: entry.kind,
      why: entry.why,
      amount: decimal(effectCents, property.currency),
      balance: decimal(balanceCents, property.currency),
    })),
    balance: decimal(told.balanceCents, property.currency),
    depositHeld: decimal(told.depositHeldCents, property.currency),
    aging: Object.fromEntries(told.ages.map(({ name, cents }) => [name, decimal(cents, property.currency)])),
    grace: graceWords(lease.fees.grace, on),
    ...(law ? { law: lawWords(law) } : {}),
  };
}
