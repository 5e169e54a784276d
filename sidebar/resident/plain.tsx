/** The pages without an account: the one answer to links that do not work, what an act came to, and when nothing can be shown. */
import type { ComponentChildren } from 'preact';
import type { Outcome } from '../../src/api/resident/act';
import type { PageAddress } from '../../src/api/resident/pages';
import type { PageLanguage } from '../../src/api/resident/view';
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

export function OutcomeBody({
  outcome,
  words,
  at,
}: {
  readonly outcome: Outcome;
  readonly words: Words;
  readonly at: PageAddress;
}) {
  const { plain } = words;
  const open = outcome.done && outcome.open && isSafeHref(outcome.open.url) ? outcome.open : undefined;
  return (
    <>
      <Chip tone={outcome.done ? 'paid' : 'due'} icon={outcome.done ? '✓' : '✗'}>
        {outcome.done ? plain.done : plain.notDone}
      </Chip>
      <p class="said">{outcomeText(outcome, words)}</p>
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

/** The sentence of an outcome with its fields filled; one that nobody wrote is told in general. */
export function outcomeText({ done, says, with: fields = {} }: Outcome, words: Words): string {
  const known: Readonly<Record<string, string>> = words.outcomes;
  const text = Object.prototype.hasOwnProperty.call(known, says) ? known[says] : undefined;
  if (text === undefined) return done ? words.plain.someDone : words.plain.someNotDone;
  return text.replace(/\{(\w+)\}/g, (_whole, name: string) => fields[name] ?? '');
}
