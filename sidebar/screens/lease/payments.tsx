/** Payments of a lease as their sources told them, and how its payers are known. */
import type { LeaseView } from '../../../src/api/desk/lease';
import type { ReceiptLine } from '../../../src/api/desk/told';
import { mayAct } from '../../facts';
import { Button, Card, DayOf, daysIn, Empty, Line, List, Money, moneyText } from '../../kit';
import { go } from '../../route';
import { ReceiptChip, ShortList } from '../shared/rows';

const FIRST = 10;

function Receipt({ receipt, lease }: { readonly receipt: ReceiptLine; readonly lease: string }) {
  return (
    <>
      <Line
        head={<b>{receipt.payer || receipt.externalId}</b>}
        tail={<Money of={receipt.amount} />}
        note={
          <span class="line">
            <span>
              <DayOf day={receipt.on} /> · {receipt.source}
              {receipt.fee.cents === 0 ? '' : ` · fee ${moneyText(receipt.fee)}`}
            </span>
            <ReceiptChip state={receipt.state} />
          </span>
        }
      />
      <p class="quiet small">{[receipt.memo, daysIn(receipt.matched)].filter(Boolean).join(' · ')}</p>
      {mayAct('manager') && receipt.state === 'settled' ? (
        <Button
          look="quiet"
          label={`Correct: ${receipt.externalId}`}
          onClick={() => go('override', { lease, receipt: receipt.key })}
        >
          Correct
        </Button>
      ) : null}
    </>
  );
}

export function Payments({ view }: { readonly view: LeaseView }) {
  const { lease } = view.line;
  const pending = new Set(view.processing.map(({ key }) => key));
  const all = [...view.processing, ...view.receipts.filter(({ key }) => !pending.has(key))];
  return (
    <>
      {all.length === 0 ? (
        <Empty text="No payment has been seen yet." />
      ) : (
        <ShortList of={all} first={FIRST} keyOf={(receipt) => receipt.key}>
          {(receipt) => <Receipt receipt={receipt} lease={lease} />}
        </ShortList>
      )}
      {view.links.length > 0 ? (
        <Card title="Linked at platforms">
          <List of={view.links} keyOf={({ platform, kind, externalId }) => `${platform} ${kind} ${externalId}`}>
            {({ platform, kind, externalId }) => <Line head={`${platform}, ${kind}`} note={externalId} />}
          </List>
        </Card>
      ) : null}
    </>
  );
}
