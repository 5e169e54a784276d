/** Paying: the whole, one charge or a part where the lease allows it, other ways to pay, and automatic payment. */
import type { PageAddress } from '../../src/api/resident/pages';
import type { AutopayView, OpenLine, PayView } from '../../src/api/resident/view';
import { isSafeHref } from './address';
import { ActForm, Button, Choice, Field, More, Section } from './kit';
import { chargeOption, type Reader } from './reader';

interface PayBoxProps {
  readonly pay: PayView;
  readonly open: readonly OpenLine[];
  readonly reader: Reader;
  readonly at: PageAddress;
}

export function PayBox({ pay, open, reader, at }: PayBoxProps) {
  const { words } = reader;
  if (pay.can === 'not')
    return (
      <Section id="pay" title={words.pay.howTitle}>
        <p>{words.pay.not[pay.why]}</p>
        {pay.why === 'nothing owed' || pay.why === 'processing' ? null : <HowTo text={pay.words} reader={reader} />}
      </Section>
    );
  return (
    <Section id="pay" title={words.pay.title}>
      {pay.open && isSafeHref(pay.open.url) ? <Begun pay={pay.open} by={pay.by} reader={reader} /> : null}
      <ActForm at={at} act="pay" name="pay-all" fields={{ what: 'all' }}>
        <Button main>{words.pay.whole(reader.money(pay.wholeCents))}</Button>
      </ActForm>
      <p class="soft">{words.pay.by(pay.by)}</p>
      {pay.parts ? <Parts pay={pay} open={open} reader={reader} at={at} /> : null}
      {pay.why ? <p>{words.pay.onlyWhole[pay.why]}</p> : null}
      {pay.words === '' ? null : (
        <More title={words.pay.howElse}>
          <p class="pre">{pay.words}</p>
        </More>
      )}
    </Section>
  );
}

const HowTo = ({ text, reader }: { readonly text: string; readonly reader: Reader }) =>
  text === '' ? <p>{reader.words.pay.howNone}</p> : <p class="pre">{text}</p>;

interface BegunProps {
  readonly pay: NonNullable<Extract<PayView, { can: 'pay' }>['open']>;
  readonly by: string;
  readonly reader: Reader;
}

const Begun = ({ pay, by, reader }: BegunProps) => (
  <p>
    {reader.words.pay.openPage}{' '}
    <a href={pay.url} rel="noopener noreferrer">
      {reader.words.pay.goOn(reader.money(pay.amountCents), by)}
    </a>
  </p>
);

function Parts({
  pay,
  open,
  reader,
  at,
}: Omit<PayBoxProps, 'pay'> & { readonly pay: Extract<PayView, { can: 'pay' }> }) {
  const { words, money } = reader;
  return (
    <More title={words.pay.otherwise}>
      {open.length === 0 ? null : (
        <ActForm at={at} act="pay" name="pay-charge" fields={{ what: 'charge' }}>
          <Choice
            id="pay-charge"
            name="charge"
            label={words.pay.charge}
            options={open.map((line) => [line.key, chargeOption(reader, line)] as const)}
          />
          <Button>{words.pay.payCharge}</Button>
        </ActForm>
      )}
      <ActForm at={at} act="pay" name="pay-part" fields={{ what: 'part' }}>
        <Field
          id="pay-amount"
          name="amount"
          type="money"
          label={words.pay.part}
          hint={words.pay.partHint(money(pay.leastCents), money(pay.wholeCents))}
          required
          length={20}
        />
        <Button>{words.pay.payPart}</Button>
      </ActForm>
    </More>
  );
}

interface AutopayProps {
  readonly autopay: AutopayView;
  readonly reader: Reader;
  readonly at: PageAddress;
}

export function Autopay({ autopay, reader, at }: AutopayProps) {
  const { words, day, money } = reader;
  if (autopay.state === 'off' && autopay.offers.length === 0) return null;
  return (
    <Section id="autopay" title={words.pay.autopayTitle}>
      {autopay.state === 'on' ? (
        <>
          <p>{words.pay.autopayOn(autopay.by)}</p>
          {autopay.next ? <p>{words.pay.autopayNext(day(autopay.next))}</p> : null}
          {autopay.mayEnd ? <EndAutopay reader={reader} at={at} /> : <p>{words.pay.autopayNotHere}</p>}
        </>
      ) : autopay.state === 'waiting' ? (
        <>
          <p>
            {words.pay.autopayWaiting(autopay.by)}{' '}
            {isSafeHref(autopay.url) ? (
              <a href={autopay.url} rel="noopener noreferrer">
                {words.pay.autopayGoOn(autopay.by)}
              </a>
            ) : null}
          </p>
          <EndAutopay reader={reader} at={at} />
        </>
      ) : (
        <>
          <p>{words.pay.autopayOff}</p>
          {autopay.offers.map(({ platform, title, paysCents }) => (
            <ActForm key={platform} at={at} act="autopayOn" name={`autopay-${platform}`} fields={{ platform }}>
              <p class="hint">
                {paysCents === undefined
                  ? words.pay.autopayStartHint(title)
                  : words.pay.autopayPayHint(title, money(paysCents))}
              </p>
              <Button>{words.pay.autopayStart(title)}</Button>
            </ActForm>
          ))}
        </>
      )}
    </Section>
  );
}

const EndAutopay = ({ reader, at }: Omit<AutopayProps, 'autopay'>) => (
  <More title={reader.words.pay.autopayStop}>
    <ActForm at={at} act="autopayOff">
      <p>{reader.words.pay.autopayStopHint}</p>
      <Button>{reader.words.pay.autopayStop}</Button>
    </ActForm>
  </More>
);
