/** What was charged and paid: what is open and can be disputed, what comes, the ledger by month, and the strip of twelve months. */
import type { PageAddress } from '../../src/api/resident/pages';
import type { OpenLine, ResidentView, StripWord } from '../../src/api/resident/view';
import type { Cents } from '../../src/domain/values';
import { ActForm, Button, Choice, Field, LongField, More, Section } from './kit';
import { chargeOption, chargeWords, lineWords, type Reader } from './reader';

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
              {chargeWords(reader, line)} <span class="soft under">{words.account.due(day(line.due))}</span>
            </span>
            <span class="figure">{money(line.amountCents)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** More lines than this share one form for disputes, and more than that are told by their number: a page stays below 100 KB. */
const OWN_FORMS = 6;
const OPEN_SHOWN = 60;

export function OpenLines({ view, reader, at }: LinesProps & { readonly at: PageAddress }) {
  const { words } = reader;
  const { open } = view;
  if (open.length === 0) return null;
  const own = open.length <= OWN_FORMS;
  const disputable = open.filter((line) => line.mayDispute);
  return (
    <Section id="open" title={words.account.openTitle}>
      <ul class="rows">
        {open.slice(0, OPEN_SHOWN).map((line, index) => (
          <li key={line.key}>
            <OpenLineFacts line={line} reader={reader} />
            {line.disputed ? <p class="soft">{words.account.disputedTag}</p> : null}
            {own && line.mayDispute ? (
              <Dispute lines={[line]} name={`dispute-${index}`} reader={reader} at={at} />
            ) : null}
          </li>
        ))}
      </ul>
      {open.length > OPEN_SHOWN ? <p>{words.account.moreOpen(open.length - OPEN_SHOWN)}</p> : null}
      {!own && disputable.length > 0 ? <Dispute lines={disputable} name="dispute" reader={reader} at={at} /> : null}
    </Section>
  );
}

function OpenLineFacts({ line, reader }: { readonly line: OpenLine; readonly reader: Reader }) {
  const { words, money, day } = reader;
  const part = line.openCents < line.totalCents;
  return (
    <div class="pair">
      <span>
        {chargeWords(reader, line)} <span class="soft under">{words.account.due(day(line.due))}</span>
      </span>
      <span class="figure">
        {part ? words.account.ofTotal(money(line.openCents), money(line.totalCents)) : money(line.openCents)}
      </span>
    </div>
  );
}

interface DisputeProps {
  readonly lines: readonly OpenLine[];
  readonly name: string;
  readonly reader: Reader;
  readonly at: PageAddress;
}

function Dispute({ lines, name, reader, at }: DisputeProps) {
  const { requests, pay } = reader.words;
  const [only] = lines;
  const options = lines.map((line) => [line.key, chargeOption(reader, line)] as const);
  return (
    <More title={requests.dispute}>
      <ActForm at={at} act="dispute" name={name} fields={lines.length === 1 && only ? { charge: only.key } : {}}>
        <p>{requests.disputeHint}</p>
        {lines.length === 1 ? null : (
          <Choice id={`${name}-charge`} name="charge" label={pay.charge} options={options} />
        )}
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
/** Whole months are shown as long as there are no more lines than this before them: the rest is in the statement. */
const LINES_SHOWN = 80;

function monthsShown(months: ResidentView['months']): ResidentView['months'] {
  let lines = 0;
  return months.filter((month) => {
    const fits = lines < LINES_SHOWN;
    lines += month.lines.length;
    return fits;
  });
}

export function Ledger({ view, reader }: LinesProps) {
  const { words, money, month } = reader;
  const shown = monthsShown(view.months);
  return (
    <Section id="ledger" title={words.account.ledgerTitle}>
      {view.months.length === 0 ? <p>{words.account.ledgerNone}</p> : null}
      {shown.map(({ month: key, lines }, index) => (
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
      {view.older || shown.length < view.months.length ? <p class="soft">{words.account.olderLines}</p> : null}
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

const WHOLE_STRIP = 12;

export function Strip({ view, reader }: LinesProps) {
  const { words } = reader;
  const [first] = view.strip;
  if (!first) return null;
  const isWhole = view.strip.length === WHOLE_STRIP;
  return (
    <Section
      id="strip"
      title={isWhole ? words.account.stripTitle : words.account.stripSince(reader.shortMonth(first.month))}
    >
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
