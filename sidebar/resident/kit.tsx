/** What every page of a resident is made of: the document, sections, forms and their fields. Forms and links work without scripts. */
import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { PageAddress, Shown } from '../../src/api/resident/pages';
import type { PageLanguage } from '../../src/api/resident/view';
import { carried, hrefOf } from './address';
import { STYLE } from './style';
import { LANGUAGES } from './words';

type Children = { readonly children?: ComponentChildren };

/**
 * A whole HTML document. Google shows it inside a frame, so links and forms name the top window; nothing is loaded, and search
 * engines are told to stay away.
 */
export function documentOf(
  language: PageLanguage,
  title: string,
  body: ComponentChildren,
  { wide = false }: { readonly wide?: boolean } = {},
): string {
  const page = (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow, noarchive" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <base target="_top" />
        <title>{title}</title>
        <style>{STYLE}</style>
      </head>
      <body class={wide ? 'wide' : undefined}>{body}</body>
    </html>
  );
  return `<!doctype html>${renderToString(page)}`;
}

export function Section({ id, title, children }: Children & { readonly id: string; readonly title: string }) {
  return (
    <section aria-labelledby={`${id}-title`} id={id}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  );
}

interface MoreProps extends Children {
  readonly title: string;
  readonly open?: boolean;
  readonly kind?: 'month';
}

/** What is opened on request: closed it is one line, and printing opens it. */
export function More({ title, children, open, kind }: MoreProps) {
  return (
    <details open={open} class={kind}>
      <summary>{title}</summary>
      <div class="inside">{children}</div>
    </details>
  );
}

interface ActFormProps extends Children {
  readonly at: PageAddress;
  readonly act: string;
  /** Tells forms of one act apart: the second dispute form of a page is another request. */
  readonly name?: string;
  readonly fields?: Readonly<Record<string, string>>;
}

/** A form that asks for an act. The same page sends the same request, so that a double click is one act. */
export function ActForm({ at, act, name = act, fields = {}, children }: ActFormProps) {
  const hidden = [...carried(at), ['act', act], ['request', `${at.request}-${name}`], ...Object.entries(fields)];
  return (
    <form method="post" action={at.url} target="_top" class="act">
      {hidden.map(([field, value]) => (
        <input key={field} type="hidden" name={field} value={value} />
      ))}
      {children}
    </form>
  );
}

interface FieldProps {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly type?: 'text' | 'email' | 'url' | 'tel' | 'date' | 'money';
  readonly value?: string;
  readonly required?: boolean;
  readonly least?: string;
  readonly most?: string;
  readonly complete?: string;
  readonly length?: number;
}

export function Field({
  id,
  name,
  label,
  hint,
  type = 'text',
  value,
  required,
  least,
  most,
  complete,
  length,
}: FieldProps) {
  return (
    <p class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        name={name}
        type={(type === 'money' ? 'text' : type) as 'text'}
        inputMode={type === 'money' ? 'decimal' : undefined}
        pattern={type === 'url' ? 'https://.*' : undefined}
        value={value}
        required={required}
        min={least}
        max={most}
        maxLength={length}
        autocomplete={complete ?? 'off'}
        aria-describedby={hint ? `${id}-hint` : undefined}
      />
      <Hint id={id} text={hint} />
    </p>
  );
}

export function LongField({ id, name, label, hint, required }: Omit<FieldProps, 'type' | 'value'>) {
  return (
    <p class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        name={name}
        rows={3}
        maxLength={1000}
        required={required}
        aria-describedby={hint ? `${id}-hint` : undefined}
      />
      <Hint id={id} text={hint} />
    </p>
  );
}

interface ChoiceProps extends Pick<FieldProps, 'id' | 'name' | 'label' | 'value'> {
  readonly options: readonly (readonly [string, string])[];
}

export function Choice({ id, name, label, value, options }: ChoiceProps) {
  return (
    <p class="field">
      <label for={id}>{label}</label>
      <select id={id} name={name}>
        {options.map(([option, text]) => (
          <option key={option} value={option} selected={option === value}>
            {text}
          </option>
        ))}
      </select>
    </p>
  );
}

const Hint = ({ id, text }: { readonly id: string; readonly text?: string | undefined }) =>
  text ? (
    <span class="hint" id={`${id}-hint`}>
      {text}
    </span>
  ) : null;

export const Button = ({ children, main }: Children & { readonly main?: boolean }) => (
  <button type="submit" class={main ? 'main' : 'plain'}>
    {children}
  </button>
);

interface LanguageSwitchProps {
  readonly at: PageAddress;
  readonly language: PageLanguage;
  readonly title: string;
  readonly shown?: Shown;
}

/** The same page in the other languages, each named in itself. */
export function LanguageSwitch({ at, language, title, shown }: LanguageSwitchProps) {
  return (
    <nav class="languages" aria-label={title}>
      <ul>
        {(Object.keys(LANGUAGES) as PageLanguage[]).map((each) => (
          <li key={each}>
            {each === language ? (
              <span lang={each} aria-current="true">
                {LANGUAGES[each]}
              </span>
            ) : (
              <a href={hrefOf(at, shown, each)} lang={each} hreflang={each}>
                {LANGUAGES[each]}
              </a>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** A word that never stands by its colour alone. */
export const Chip = ({ tone, icon, children }: Children & { readonly tone: string; readonly icon: string }) => (
  <span class={`chip ${tone}`}>
    <span aria-hidden="true">{icon}</span> {children}
  </span>
);
