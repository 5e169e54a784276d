/** The pages without an account: the one answer to links that do not work, what an act came to, and when nothing can be shown. */
import type { ComponentChildren } from 'preact';
import type { Outcome } from '../../src/api/resident/act';
import type { PageAddress } from '../../src/api/resident/pages';
import type { PageLanguage } from '../../src/api/resident/view';
import { parseDay } from '../../src/domain/calendar';
import { longDay } from '../../src/domain/dates';
import { hrefOf, isSafeHref } from './address';
import { ActForm, Button, Chip, Field, LanguageSwitch } from './kit';
import { type Words, wordsOf } from './words';

interface PlainProps {
  readonly language: PageLanguage;
  readonly at: PageAddress;
  readonly title: string;
  readonly children?: ComponentChildren;
}

export function Plain({ language, at, title, children }: PlainProps) {
  return (
    <>
      <header>
        <LanguageSwitch at={at} language={language} title={wordsOf(language).account.languages} />
      </header>
      <main>
        <div class="box">
          <h1>{title}</h1>
          {children}
        </div>
      </main>
    </>
  );
}

export function Neutral({ words, at }: { readonly words: Words; readonly at: PageAddress }) {
  const { plain } = words;
  return (
    <>
      <p>{plain.neutral}</p>
      <ActForm at={{ ...at, page: '' }} act="newLink">
        <Field
          id="new-address"
          name="address"
          type="email"
          label={plain.address}
          hint={plain.addressHint}
          complete="email"
          length={254}
          required
        />
        <Button main>{plain.ask}</Button>
      </ActForm>
    </>
  );
}

const openOf = (outcome: Outcome) =>
  outcome.done && outcome.open && isSafeHref(outcome.open.url) ? outcome.open : undefined;

/** What is only begun here is not called done: it is finished at the processor. */
export function outcomeTitle(outcome: Outcome, { plain }: Words): string {
  if (openOf(outcome)) return plain.halfDone;
  return outcome.done ? plain.done : plain.notDone;
}

export function OutcomeBody({
  outcome,
  words,
  at,
  tag,
}: {
  readonly outcome: Outcome;
  readonly words: Words;
  readonly at: PageAddress;
  readonly tag: string;
}) {
  const { plain } = words;
  const open = openOf(outcome);
  const [tone, icon] = open ? ['info', '→'] : outcome.done ? ['paid', '✓'] : ['due', '✗'];
  return (
    <>
      <Chip tone={tone} icon={icon}>
        {outcomeTitle(outcome, words)}
      </Chip>
      <p class="said">{outcomeText(outcome, words, tag)}</p>
      {open ? (
        <p>
          <a class="button" href={open.url} rel="noopener noreferrer">
            {plain.goOn(open.by)}
          </a>
          <span class="hint">{plain.goOnHint}</span>
        </p>
      ) : null}
      {at.page === '' ? null : (
        <p class="back">
          <a href={hrefOf(at)}>{plain.back}</a>
        </p>
      )}
    </>
  );
}

/** The sentence of an outcome with its fields filled, days as the reader writes them; one that nobody wrote is told in general. */
export function outcomeText({ done, says, with: fields = {} }: Outcome, words: Words, tag: string): string {
  const known: Readonly<Record<string, string>> = words.outcomes;
  const text = Object.prototype.hasOwnProperty.call(known, says) ? known[says] : undefined;
  if (text === undefined) return done ? words.plain.someDone : words.plain.someNotDone;
  return text.replace(/\{(\w+)\}/g, (_whole, name: string) => asRead(fields[name] ?? '', tag));
}

function asRead(field: string, tag: string): string {
  const day = ISO_DAY.test(field) ? parseDay(field) : undefined;
  return day ? longDay(day, tag) : field;
}

const ISO_DAY = /^\d{4}-\d\d-\d\d$/;
