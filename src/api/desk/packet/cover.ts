/** The cover of a packet: the lease, its terms of rent and late fee, the law, and who made it when. */
import { citationOf, lawOf } from '../../../domain/law';
import { decimal } from '../../../domain/money';
import type { PartRow } from '../../../domain/packet/parts';
import type { Cents } from '../../../domain/values';
import type { Place } from '../../account';
import { feeTerms } from '../lease-words';

export interface CoverFacts extends Place {
  readonly period: string;
  readonly openingCents: Cents;
  readonly closingCents: Cents;
  readonly madeBy: string;
  readonly madeAt: string;
  readonly today: Parameters<typeof feeTerms>[2];
  readonly rows: number;
  readonly lines: number;
  /** Rows of the Ledger that differ from what the Log reports, and lines of the Log that were edited. */
  readonly edited: { readonly rows: number; readonly lines: number };
}

export function coverRows(facts: CoverFacts): readonly PartRow[] {
  const { lease, property } = facts;
  const money = (amount: Cents) => decimal(amount, property.currency);
  const law = lawOf(property.jurisdiction);
  const rows: readonly (readonly [string, string])[] = [
    ['Lease', lease.id],
    ['Residents', lease.residents],
    ['Unit', lease.unit],
    ['Property', property.name],
    ['Address', property.address],
    ['Time zone', property.zone],
    ['Currency', property.currency],
    ['Period', facts.period],
    ['Owed before', money(facts.openingCents)],
    ['Owed at the end', money(facts.closingCents)],
    ['Rent', `${money(lease.rentCents)} ${lease.frequency}, due day ${lease.dueDay}`],
    ['Lease runs', lease.end ? `${lease.start} to ${lease.end}` : `from ${lease.start}`],
    ['Signed', lease.signedOn ?? (lease.awaitsSignature ? 'awaited' : '')],
    ['Deposit agreed', money(lease.depositCents)],
    ['Told by', `${lease.notifyBy}: ${[...lease.emails, lease.phone].filter((each) => each !== '').join(', ')}`],
    ['Hold until', lease.holdUntil ?? ''],
    ['Terms of the late fee', feeTerms(lease, property, facts.today).join('\n')],
    ['Jurisdiction', property.jurisdiction],
    ['Law', law ? [citationOf(law), law.source, law.note ?? ''].filter((each) => each !== '').join('; ') : ''],
    ['Made by', facts.madeBy],
    ['Made at', facts.madeAt],
    ['Rows of the Ledger', String(facts.rows)],
    ['Lines of the Log', String(facts.lines)],
    ['Books as the Log reports', wholeness(facts.edited)],
  ];
  return rows.filter(([, value]) => value !== '');
}

function wholeness({ rows, lines }: CoverFacts['edited']): string {
  if (rows + lines === 0) return 'yes, each row';
  return `no: ${rows} rows of the Ledger differ from what the Log reports, ${lines} lines of the Log do not fit their digest`;
}
