/** The payment at hand: what it tells about itself, and what is odd about it. */
import type { Ref } from 'preact';
import type { QueueItem } from '../../../src/api/desk/reconcile';
import { DayOf, daysIn, Facts, Money, Note } from '../../kit';

export function Payment({ item, heading }: { readonly item: QueueItem; readonly heading: Ref<HTMLHeadingElement> }) {
  const { receipt, duplicates, asked } = item;
  const facts = [
    ['Came', <DayOf key="on" day={receipt.on} />],
    ['By', receipt.source],
    ...(receipt.memo ? [['Memo', receipt.memo]] : []),
    ...(receipt.externalId ? [['Reference', receipt.externalId]] : []),
    ...(receipt.fee.cents === 0 ? [] : [['Fee kept', <Money key="fee" of={receipt.fee} />]]),
    ...(receipt.state === 'settled' ? [] : [['State', receipt.state]]),
  ] as const;
  return (
    <>
      <div class="payment">
        <h2 ref={heading} tabIndex={-1}>
          {receipt.payer || 'Payer not named'}
        </h2>
        <span class="payment-amount">
          <Money of={receipt.amount} />
        </span>
      </div>
      <Facts of={facts as readonly (readonly [string, preact.ComponentChildren])[]} />
      {receipt.matched ? <p class="quiet">{daysIn(receipt.matched)}</p> : null}
      {asked ? <Note>{asked}</Note> : null}
      {duplicates.length > 0 ? (
        <Note tone="due">
          <b>It may be there twice.</b>
          {duplicates.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </Note>
      ) : null}
    </>
  );
}
