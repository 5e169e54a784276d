/** The papers of an account, for the screen and for print: statement, rent summary of a year, receipt. */
import type { ComponentChildren } from 'preact';
import type { PageAddress, Shown } from '../../src/api/resident/pages';
import type { ReceiptView, StatementView, YearView } from '../../src/api/resident/papers';
import type { PageHead } from '../../src/api/resident/view';
import { negate } from '../../src/domain/money';
import { hrefOf } from './address';
import { PeriodForm } from './documents';
import { LanguageSwitch } from './kit';
import { signed } from './lines';
import { lineWords, type Reader } from './reader';

interface SheetProps {
  readonly head: PageHead;
  readonly title: string;
  readonly shown: Shown;
  readonly reader: Reader;
  readonly at: PageAddress;
  readonly children?: ComponentChildren;
}

/** A sheet says whose it is: it may be printed and shown to others. */
function Sheet({ head, title, shown, reader, at, children }: SheetProps) {
  const { property, unit, names } = head;
  return (
    <>
      <header>
        <LanguageSwitch at={at} language={head.language} title={reader.words.account.languages} shown={shown} />
        <p class="back noprint">
          <a href={hrefOf(at)}>{reader.words.statement.back}</a>
        </p>
        <h1>{title}</h1>
        <p>{names}</p>
        <p>
          {[unit === '' ? property.name : `${property.name}, ${unit}`, property.address].filter(Boolean).join(', ')}
        </p>
      </header>
      <main>{children}</main>
    </>
  );
}

interface PaperProps<View> {
  readonly view: View;
  readonly reader: Reader;
  readonly at: PageAddress;
}

export function Statement({ view, reader, at }: PaperProps<StatementView>) {
  const { statement } = reader.words;
  const { money, short, day } = reader;
  const period = { from: view.from, until: view.until };
  return (
    <Sheet
      head={view}
      title={statement.title(day(view.from), day(view.until))}
      shown={{ show: 'statement', ...period }}
      reader={reader}
      at={at}
    >
      <div class="box">
        <Scroll label={statement.scroll}>
          <table>
            <thead>
              <tr>
                <th scope="col">
                  {statement.what} / {statement.date}
                </th>
                <th scope="col" class="num">
                  {statement.amount}
                </th>
                <th scope="col" class="num">
                  {statement.balance}
                </th>
              </tr>
            </thead>
            <tbody>
              <BalanceRow text={statement.opening(day(view.from))} amount={money(view.openingCents)} />
              {view.lines.map((line) => (
                <tr key={line.key}>
                  <td>
                    {lineWords(reader, line)} <span class="soft under">{short(line.day)}</span>
                  </td>
                  <td class="num">{signed(line.amountCents, money)}</td>
                  <td class="num">{money(line.balanceCents)}</td>
                </tr>
              ))}
              <BalanceRow text={statement.closing(day(view.until))} amount={money(view.closingCents)} />
            </tbody>
          </table>
        </Scroll>
        {view.lines.length === 0 ? <p>{statement.none}</p> : null}
        {view.closingCents < 0 || view.openingCents < 0 ? <p class="soft">{statement.aheadNote}</p> : null}
      </div>
      <section aria-label={statement.total}>
        <dl>
          <dt>{statement.charged}</dt>
          <dd>{money(view.chargedCents)}</dd>
          <dt>{statement.credited}</dt>
          <dd>{money(view.creditedCents)}</dd>
          <dt>{statement.paid}</dt>
          <dd>{money(view.paidCents)}</dd>
        </dl>
      </section>
      <div class="box noprint">
        <p>
          <a href={hrefOf(at, { show: 'csv', ...period })}>{statement.csv}</a> ({statement.csvNote})
        </p>
        <p class="soft">{statement.print}</p>
        <PeriodForm at={at} reader={reader} since={view.documents.since} today={view.today} {...period} />
      </div>
    </Sheet>
  );
}

/** A table may be wider than a small window with large letters: then it scrolls by itself, with the keyboard as well. */
const Scroll = ({ label, children }: { readonly label: string; readonly children: ComponentChildren }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
  <section class="scroll" aria-label={label} tabIndex={0}>
    {children}
  </section>
);

const BalanceRow = ({ text, amount }: { readonly text: string; readonly amount: string }) => (
  <tr class="sum">
    <th scope="row" colSpan={2}>
      {text}
    </th>
    <td class="num">{amount}</td>
  </tr>
);

export function Year({ view, reader, at }: PaperProps<YearView>) {
  const { statement } = reader.words;
  const { money } = reader;
  const unfinished = view.today < `${view.year}-12-31`;
  const row = (figures: Pick<YearView, 'chargedCents' | 'creditedCents' | 'paidCents'>) => (
    <>
      <td class="num">{money(figures.chargedCents)}</td>
      <td class="num">{money(figures.creditedCents)}</td>
      <td class="num">{money(figures.paidCents)}</td>
    </>
  );
  const shown: Shown = { show: 'year', year: String(view.year) };
  return (
    <Sheet head={view} title={statement.year(view.year)} shown={shown} reader={reader} at={at}>
      {unfinished ? <p class="note">{statement.yearSoFar(reader.day(view.today))}</p> : null}
      <div class="box">
        <Scroll label={statement.year(view.year)}>
          <table>
            <thead>
              <tr>
                {[statement.month, statement.charged, statement.credited, statement.paid].map((text, index) => (
                  <th key={text} scope="col" class={index === 0 ? undefined : 'num'}>
                    {text}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {view.months.map((each) => (
                <tr key={each.month}>
                  <th scope="row">{reader.shortMonth(each.month)}</th>
                  {row(each)}
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{statement.total}</th>
                {row(view)}
              </tr>
            </tfoot>
          </table>
        </Scroll>
      </div>
      <PaidFor view={view} reader={reader} />
      <p class="soft">{statement.yearNote}</p>
      <p class="soft noprint">{statement.print}</p>
    </Sheet>
  );
}

function PaidFor({ view, reader }: Omit<PaperProps<YearView>, 'at'>) {
  const { statement } = reader.words;
  const { money, type } = reader;
  if (view.paidFor.length === 0 && view.aheadCents === 0) return null;
  return (
    <section aria-labelledby="paid-for">
      <h2 id="paid-for">{statement.paidFor}</h2>
      <dl>
        {view.paidFor.map((each) => (
          <Line key={each.type} name={type(each.type)} amount={money(each.amountCents)} />
        ))}
        {view.aheadCents > 0 ? <Line name={statement.aheadOf} amount={money(view.aheadCents)} /> : null}
        {view.aheadCents < 0 ? <Line name={statement.fromBefore} amount={money(negate(view.aheadCents))} /> : null}
      </dl>
    </section>
  );
}

const Line = ({ name, amount }: { readonly name: string; readonly amount: string }) => (
  <>
    <dt>{name}</dt>
    <dd>{amount}</dd>
  </>
);

export function Receipt({ view, reader, at }: PaperProps<ReceiptView>) {
  const { statement, account } = reader.words;
  const { money, day } = reader;
  const said = statement.receiptState[view.state];
  const shown: Shown = { show: 'receipt', receipt: view.name };
  return (
    <Sheet head={view} title={statement.receiptOf(view.property.name)} shown={shown} reader={reader} at={at}>
      <section aria-label={statement.receipt}>
        <p class="big">{money(view.amountCents)}</p>
        {said === undefined ? null : <p class="note">{said}</p>}
        {said === undefined && view.reversedCents > 0 ? (
          <p class="note">{statement.wentBack(money(view.reversedCents))}</p>
        ) : null}
        <dl>
          <Line name={statement.received} amount={day(view.on)} />
          <Line name={statement.by} amount={reader.source(view.source)} />
          {view.payer === '' ? null : <Line name={statement.payer} amount={view.payer} />}
          {view.reference === '' ? null : <Line name={statement.reference} amount={view.reference} />}
        </dl>
      </section>
      {view.paidFor.length === 0 ? null : (
        <section aria-labelledby="settled">
          <h2 id="settled">{statement.settledFor}</h2>
          <ul class="rows">
            {view.paidFor.map((each, index) => (
              <li key={`${each.type}-${index}`} class="pair">
                <span>
                  {reader.type(each.type)} <span class="soft under">{account.due(day(each.due))}</span>
                </span>
                <span class="figure">{money(each.amountCents)}</span>
              </li>
            ))}
            {view.aheadCents > 0 ? (
              <li class="pair">
                <span>{statement.kept}</span>
                <span class="figure">{money(view.aheadCents)}</span>
              </li>
            ) : null}
          </ul>
        </section>
      )}
      <section aria-label={statement.balanceNow}>
        <dl>
          <Line name={statement.balanceNow} amount={money(view.balanceCents)} />
        </dl>
        {view.balanceCents < 0 ? <p class="soft">{statement.aheadNote}</p> : null}
      </section>
      <p class="soft noprint">{statement.print}</p>
    </Sheet>
  );
}
