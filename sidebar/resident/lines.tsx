/** What was charged and paid: what is open and can be disputed, what comes, the ledger by month, and the strip of twelve months. */
import type { PageAddress } from '../../src/api/resident/pages';
import type { OpenLine, ResidentView, StripWord } from '../../src/api/resident/view';
import type { Cents } from '../../src/domain/values';
import { ActForm, Button, Field, LongField, More, Section } from './kit';
import { chargeWords, lineWords, type Reader } from './reader';

interface LinesProps {
  readonly view: ResidentView;
  readonly reader: Reader;
}

export function Upcoming({ view, reader }: LinesProps) {
  const { words, money, day } = reader;
  if (view.endedOn && view.upcoming.length === 0) return null;
  return (
    <Section id="upcoming" title={words.account.upcomingTitle}>
      {view.upcoming.length === 0 ? <p>{words.account.upcomingNone}</p> : null}
      <ul class="rows">
        {view.upcoming.map((line) => (
          <li key={`${line.type}-${line.due}`} class="pair">
            <span>
              {chargeWords(reader, line)} <span class="soft">{words.account.due(day(line.due))}</span>
            </span>
            <span class="figure">{money(line.amountCents)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function OpenLines({ view, reader, at }: LinesProps & { readonly at: PageAddress }) {
  const { words } = reader;
  if (view.open.length === 0) return null;
  return (
    <Section id="open" title={words.account.openTitle}>
      <ul class="rows">
        {view.open.map((line, index) => (
          <li key={line.key}>
            <OpenLineFacts line={line} reader={reader} />
            {line.disputed ? <p class="soft">{words.account.disputedTag}</p> : null}
            {line.mayDispute && !line.disputed ? (
              <Dispute line={line} name={`dispute-${index}`} reader={reader} at={at} />
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function OpenLineFacts({ line, reader }: { readonly line: OpenLine; readonly reader: Reader }) {
  const { words, money, day } = reader;
  const part = line.openCents < line.totalCents;
  return (
    <div class="pair">
      <span>
        {chargeWords(reader, line)} <span class="soft">{words.account.due(day(line.due))}</span>
      </span>
      <span class="figure">
        {part ? words.account.ofTotal(money(line.openCents), money(line.totalCents)) : money(line.openCents)}
      </span>
    </div>
  );
}

interface DisputeProps {
  readonly line: OpenLine;
  readonly name: string;
  readonly reader: Reader;
  readonly at: PageAddress;
}

function Dispute({ line, name, reader, at }: DisputeProps) {
  const { requests } = reader.words;
  return (
    <More title={requests.dispute}>
      <ActForm at={at} act="dispute" name={name} fields={{ charge: line.key }}>
        <p>{requests.disputeHint}</p>
        <LongField id={`${name}-text`} name="text" label={requests.disputeReason} required />
        <Field
          id={`${name}-file`}
          name="file"
          type="url"
          label={requests.disputeFile}
          hint={requests.disputeFileHint}
          length={2000}
        />
        <Button>{requests.disputeSend}</Button>
      </ActForm>
    </More>
  );
}

/** Months open at first; the others are opened on request, and all are printed. */
const OPEN_MONTHS = 2;

export function Ledger({ view, reader }: LinesProps) {
  const { words, money, month } = reader;
  return (
    <Section id="ledger" title={words.account.ledgerTitle}>
      {view.months.length === 0 ? <p>{words.account.ledgerNone}</p> : null}
      {view.months.map(({ month: key, lines }, index) => (
        <More key={key} title={month(key)} open={index < OPEN_MONTHS} kind="month">
          <ul class="rows">
            {lines.map((line) => (
              <li key={line.key}>
                <div class="pair">
                  <span>{lineWords(reader, line)}</span>
                  <span class="figure">{signed(line.amountCents, money)}</span>
                </div>
                <div class="pair soft">
                  <span>{reader.short(line.day)}</span>
                  <span class="figure">{words.account.balanceAfter(money(line.balanceCents))}</span>
                </div>
              </li>
            ))}
          </ul>
        </More>
      ))}
      {view.older ? <p class="soft">{words.account.olderLines}</p> : null}
    </Section>
  );
}

/** A charge bears a plus, so that nobody takes it for money that came. */
export const signed = (amount: Cents, money: Reader['money']): string =>
  amount > 0 ? `+${money(amount)}` : money(amount);

const TONES: Readonly<Record<StripWord, readonly [tone: string, icon: string]>> = {
  'on time': ['paid', '✓'],
  late: ['due', '▲'],
  partial: ['due', '◐'],
  unpaid: ['late', '✗'],
  processing: ['info', '◷'],
  none: ['rest', '–'],
};

export function Strip({ view, reader }: LinesProps) {
  const { words } = reader;
  return (
    <Section id="strip" title={words.account.stripTitle}>
      <ol class="strip">
        {view.strip.map(({ month, word }) => (
          <li key={month} class={TONES[word][0]}>
            <b>{reader.shortMonth(month)}</b>
            <span>
              <span aria-hidden="true" style="display:inline">
                {TONES[word][1]}
              </span>{' '}
              {words.account.strip[word]}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
