/** Rows that several screens show: a lease, a payment, and a list that begins short. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { LeaseLine, ReceiptLine } from '../../../src/api/desk/told';
import { Button, Chip, DayOf, type IconName, Line, List, Money, StatusChip, type Tone } from '../../kit';
import { go } from '../../route';

/** The whole row opens the lease. */
export const LeaseRow = ({
  line,
  tail,
  note,
}: {
  line: LeaseLine;
  tail?: ComponentChildren;
  note?: ComponentChildren;
}) => (
  <button type="button" class="row" onClick={() => go('lease', { lease: line.lease })}>
    <Line
      head={<b>{line.residents || line.lease}</b>}
      tail={tail ?? <Money of={line.unpaid} />}
      note={
        <span class="line">
          <span>
            {line.unit} · {line.property}
          </span>
          {note ?? <StatusChip word={line.word} standing={line.standing} />}
        </span>
      }
    />
  </button>
);

const RECEIPTS: Readonly<Record<ReceiptLine['state'], readonly [tone: Tone, icon: IconName, text: string]>> = {
  pending: ['info', 'clock', 'Processing'],
  settled: ['good', 'check', 'Settled'],
  failed: ['bad', 'warn', 'Failed'],
  returned: ['bad', 'warn', 'Returned'],
  disputed: ['plan', 'hands', 'Disputed'],
  'dispute won': ['good', 'check', 'Dispute won'],
  'dispute lost': ['bad', 'warn', 'Dispute lost'],
  refunded: ['none', 'dash', 'Refunded'],
  'partly refunded': ['due', 'half', 'Partly refunded'],
  'not rent': ['none', 'dash', 'Not rent'],
  split: ['none', 'dash', 'Split'],
  'taken back': ['none', 'dash', 'Taken back'],
};

export function ReceiptChip({ state }: Pick<ReceiptLine, 'state'>) {
  const [tone, icon, text] = RECEIPTS[state];
  return <Chip tone={tone} icon={icon} text={text} />;
}

const source = (receipt: ReceiptLine) => [receipt.source, receipt.memo].filter(Boolean).join(' · ');

export function ReceiptRow({ receipt }: { readonly receipt: ReceiptLine }) {
  const { lease } = receipt;
  const inside = (
    <Line
      head={<b>{receipt.payer || lease || receipt.externalId}</b>}
      tail={<Money of={receipt.amount} />}
      note={
        <span class="line">
          <span>
            <DayOf day={receipt.on} /> · {source(receipt)}
          </span>
          <ReceiptChip state={receipt.state} />
        </span>
      }
    />
  );
  if (!lease) return inside;
  return (
    <button type="button" class="row" onClick={() => go('lease', { lease })}>
      {inside}
    </button>
  );
}

/** The first rows, and the rest on demand. */
export function ShortList<T>(props: {
  readonly of: readonly T[];
  readonly first: number;
  readonly keyOf: (item: T, index: number) => string;
  readonly children: (item: T) => ComponentChildren;
}) {
  const [all, setAll] = useState(false);
  const { of, first, keyOf, children } = props;
  const rest = of.length - first;
  return (
    <>
      <List of={all ? of : of.slice(0, first)} keyOf={keyOf}>
        {children}
      </List>
      {rest > 0 ? (
        <Button look="quiet" onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show ${rest} more`}
        </Button>
      ) : null}
    </>
  );
}
