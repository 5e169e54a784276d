/** The residents' phones: what was texted to each, what became of it, and an answer as the resident gives it. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PhoneInfo, TextView } from '../types';
import { addressOf } from './address';
import { Empty, Failed, useLoaded, Waiting } from './load';
import { ask } from './net';
import { refresh } from './store';

function Phones({ phones, chosen }: { readonly phones: readonly PhoneInfo[]; readonly chosen: string | undefined }) {
  return (
    <ul class="mails" aria-label="Phones, the one that was texted last first">
      {phones.map(({ phone, who, last, at, count }) => (
        <li key={phone}>
          <a href={addressOf({ kind: 'texts', phone })} aria-current={phone === chosen ? 'true' : undefined}>
            <span class="mail-subject">{who || phone}</span>
            <span class="quiet one-line">{last}</span>
            <span class="quiet">
              {at} · {count} {count === 1 ? 'text' : 'texts'}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

const aboutText = ({ by, at, state, parts }: TextView): string =>
  [
    by === 'resident' ? 'The resident' : by,
    at,
    state,
    by === 'resident' ? '' : `${parts} ${parts === 1 ? 'part' : 'parts'}`,
  ]
    .filter(Boolean)
    .join(' · ');

const Bubble = ({ text }: { readonly text: TextView }) => (
  <li class={text.by === 'resident' ? 'bubble theirs' : 'bubble'}>
    <p class="chat-text">{text.text}</p>
    <p class="quiet">{aboutText(text)}</p>
  </li>
);

/** Words that Twilio understands by itself. */
const WORDS = ['STOP', 'START'] as const;

function Answer({ phone }: { readonly phone: string }) {
  const [text, setText] = useState('');
  const [error, setError] = useState('');
  const send = async (words: string) => {
    try {
      await ask('/api/text', { phone, text: words });
      setText('');
      setError('');
    } catch (wrong) {
      setError((wrong as Error).message);
    }
    await refresh();
  };
  return (
    <form
      class="answer"
      onSubmit={(event) => {
        event.preventDefault();
        void send(text);
      }}
    >
      <label>
        <span>Answer as the resident</span>
        <input type="text" value={text} autocomplete="off" onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <div class="row">
        <button type="submit" disabled={text.trim() === ''}>
          Send
        </button>
        {WORDS.map((word) => (
          <button key={word} type="button" onClick={() => void send(word)}>
            {word}
          </button>
        ))}
      </div>
      <p class="quiet">The ledger hears of it when it next reads Twilio.</p>
      {error !== '' && (
        <p class="notice bad" role="alert">
          {error}
        </p>
      )}
    </form>
  );
}

function Talk({ phone, who, revision }: { readonly phone: string; readonly who: string; readonly revision: number }) {
  const { data, error, retry } = useLoaded<TextView[]>(`/api/texts/${encodeURIComponent(phone)}`, revision);
  const box = useRef<HTMLElement>(null);
  // The newest text stands at the end, beside the field; the page itself stays where it is.
  useLayoutEffect(() => box.current?.scrollTo({ top: box.current.scrollHeight }), [data?.length]);
  if (error !== '') return <Failed error={error} retry={retry} />;
  if (data === undefined) return <Waiting what="the texts" />;
  return (
    <article class="message" aria-labelledby="phone">
      <h3 id="phone">{phone}</h3>
      {who !== '' && <p class="quiet">{who}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must be able to stand in it. */}
      <section class="talk-box" aria-label="What was written" tabIndex={0} ref={box}>
        <ul class="talk" aria-label="Texts, the oldest first">
          {data.map((text) => (
            <Bubble key={text.id} text={text} />
          ))}
        </ul>
      </section>
      <Answer key={phone} phone={phone} />
    </article>
  );
}

export function Texts({ revision, phone }: { readonly revision: number; readonly phone?: string }) {
  const { data, error, retry } = useLoaded<PhoneInfo[]>('/api/texts', revision);
  const chosen = data?.find((each) => each.phone === phone) ?? data?.[0];
  return (
    <section aria-labelledby="texts-title">
      <div class="bar">
        <h2 id="texts-title">Texts</h2>
      </div>
      {error !== '' && <Failed error={error} retry={retry} />}
      {data === undefined && error === '' && <Waiting what="the phones" />}
      {data?.length === 0 && (
        <Empty>
          <p>
            Nobody has been texted yet. Connect Twilio, write twilio under "Texts by" on the Settings tab, and record a
            resident's consent under "SMS consent".
          </p>
        </Empty>
      )}
      {data !== undefined && chosen !== undefined && (
        <div class="split">
          <Phones phones={data} chosen={chosen.phone} />
          <Talk key={chosen.phone} phone={chosen.phone} who={chosen.who} revision={revision} />
        </div>
      )}
    </section>
  );
}
