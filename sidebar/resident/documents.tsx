/** The documents of an account: a statement of any time, rent summaries of years, receipts. */
import type { PageAddress } from '../../src/api/resident/pages';
import type { ResidentView } from '../../src/api/resident/view';
import type { Day } from '../../src/domain/values';
import { carried, hrefOf } from './address';
import { Button, Field, More, Section } from './kit';
import type { Reader } from './reader';

interface DocumentsProps {
  readonly view: ResidentView;
  readonly reader: Reader;
  readonly at: PageAddress;
}

/** Shown at once; the others are opened on request. */
const RECEIPTS_SHOWN = 3;

export function Documents({ view, reader, at }: DocumentsProps) {
  const { statement } = reader.words;
  const { since, years, receipts } = view.documents;
  const year = `${view.today.slice(0, 4)}-01-01` as Day;
  return (
    <Section id="documents" title={statement.documents}>
      <h3>{statement.statement}</h3>
      <PeriodForm
        at={at}
        reader={reader}
        since={since}
        today={view.today}
        from={year < since ? since : year}
        until={view.today}
      />
      {years.length === 0 ? null : (
        <>
          <h3>{statement.yearsTitle}</h3>
          <ul class="links">
            {years.map((each) => (
              <li key={each}>
                <a href={hrefOf(at, { show: 'year', year: String(each) })}>{statement.year(each)}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      {receipts.length === 0 ? null : <h3>{statement.receiptsTitle}</h3>}
      <ReceiptLinks receipts={receipts.slice(0, RECEIPTS_SHOWN)} reader={reader} at={at} />
      {receipts.length > RECEIPTS_SHOWN ? (
        <More title={`${statement.receiptsTitle} (${receipts.length - RECEIPTS_SHOWN})`}>
          <ReceiptLinks receipts={receipts.slice(RECEIPTS_SHOWN)} reader={reader} at={at} />
        </More>
      ) : null}
    </Section>
  );
}

interface ReceiptLinksProps extends Omit<DocumentsProps, 'view'> {
  readonly receipts: ResidentView['documents']['receipts'];
}

const ReceiptLinks = ({ receipts, reader, at }: ReceiptLinksProps) => (
  <ul class="links">
    {receipts.map(({ name, on, amountCents }) => (
      <li key={name}>
        <a href={hrefOf(at, { show: 'receipt', receipt: name })}>
          {reader.words.statement.receiptLine(reader.money(amountCents), reader.day(on))}
        </a>
      </li>
    ))}
  </ul>
);

interface PeriodFormProps extends Omit<DocumentsProps, 'view'> {
  readonly since: Day;
  readonly today: Day;
  readonly from: Day;
  readonly until: Day;
}

/** Asks for a statement of any time since the books of the lease began. */
export function PeriodForm({ at, reader, since, today, from, until }: PeriodFormProps) {
  const { statement } = reader.words;
  const hidden = [...carried(at), ['show', 'statement']];
  return (
    <form method="get" action={at.url} target="_top" class="get">
      {hidden.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div class="two">
        <Field
          id="statement-from"
          name="from"
          type="date"
          label={statement.from}
          value={from}
          least={since}
          most={today}
          required
        />
        <Field
          id="statement-until"
          name="until"
          type="date"
          label={statement.until}
          value={until}
          least={since}
          most={today}
          required
        />
      </div>
      <Button>{statement.show}</Button>
    </form>
  );
}
