/** The mailbox: what residents and managers received, as a list, rendered, in plain text, and with its headers. */
import { useState } from 'preact/hooks';
import type { MailInfo, MailView } from '../types';
import { addressOf } from './address';
import { Empty, Failed, useLoaded, Waiting } from './load';

/** More of them than this are reached with the filter. */
const MOST = 200;
const PARTS = ['Rendered', 'Plain text', 'Headers'] as const;
type Part = (typeof PARTS)[number];

function PartButtons({ chosen, choose }: { readonly chosen: Part; readonly choose: (part: Part) => void }) {
  return (
    <fieldset class="row parts">
      <legend class="unseen">Show the message as</legend>
      {PARTS.map((part) => (
        <button key={part} type="button" aria-pressed={chosen === part} onClick={() => choose(part)}>
          {part}
        </button>
      ))}
    </fieldset>
  );
}

function Headers({ mail }: { readonly mail: MailView }) {
  return (
    <dl class="headers">
      {mail.headers.map(([name, value], at) => (
        <div key={`${at} ${name}`}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Body({ mail, part }: { readonly mail: MailView; readonly part: Part }) {
  if (part === 'Headers') return <Headers mail={mail} />;
  if (part === 'Plain text' || !mail.hasHtml)
    return <pre class="plain">{mail.text || 'This message has no plain text.'}</pre>;
  // No scripts, no forms, no own origin; a link that is clicked opens beside it.
  const sandbox = 'allow-popups allow-popups-to-escape-sandbox';
  return <iframe class="mail-frame" title={`Message: ${mail.subject}`} sandbox={sandbox} src={`/mail/${mail.id}`} />;
}

function Message({ id, revision }: { readonly id: string; readonly revision: number }) {
  const [part, setPart] = useState<Part>('Rendered');
  const { data, error, retry } = useLoaded<MailView>(`/api/mail/${encodeURIComponent(id)}`, revision);
  if (error !== '') return <Failed error={error} retry={retry} />;
  if (data === undefined) return <Waiting what="the message" />;
  return (
    <article class="message" aria-labelledby="subject">
      <h3 id="subject">{data.subject || '(no subject)'}</h3>
      <p class="quiet">
        From {data.from} to {data.to}, {data.at}, by {data.by}
        {data.state === '' ? '' : `: ${data.state}`}
        {data.thread > 1 ? `, ${data.thread} messages in this thread` : ''}
      </p>
      <PartButtons chosen={part} choose={setPart} />
      <Body mail={data} part={part} />
    </article>
  );
}

function List({ mails, id }: { readonly mails: readonly MailInfo[]; readonly id: string | undefined }) {
  return (
    <ul class="mails" aria-label="Messages, the newest first">
      {mails.slice(0, MOST).map((mail) => (
        <li key={mail.id}>
          <a href={addressOf({ kind: 'mail', id: mail.id })} aria-current={mail.id === id ? 'true' : undefined}>
            <span class="mail-subject">{mail.subject || '(no subject)'}</span>
            <span class="quiet">{mail.to}</span>
            <span class="quiet">
              {mail.at} · {mail.by}
              {mail.state === '' ? '' : `, ${mail.state}`}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

export function Mailbox({ revision, id }: { readonly revision: number; readonly id?: string }) {
  const [filter, setFilter] = useState('');
  const { data, error, retry } = useLoaded<MailInfo[]>(`/api/mail?filter=${encodeURIComponent(filter)}`, revision);
  const chosen = id ?? data?.[0]?.id;
  return (
    <section aria-labelledby="mail-title">
      <div class="bar">
        <h2 id="mail-title">Mailbox</h2>
        <label class="filter">
          <span class="unseen">Filter the messages</span>
          <input
            type="search"
            placeholder="Filter messages"
            value={filter}
            onInput={(event) => setFilter(event.currentTarget.value)}
          />
        </label>
      </div>
      {error !== '' && <Failed error={error} retry={retry} />}
      {data === undefined && error === '' && <Waiting what="the mailbox" />}
      {data !== undefined && data.length === 0 && (
        <Empty>
          <p>
            {filter === ''
              ? 'No message has been sent yet. Reminders go out as the clock moves on.'
              : 'No message fits the filter.'}
          </p>
        </Empty>
      )}
      {data !== undefined && data.length > 0 && (
        <>
          <p class="quiet" role="status">
            {data.length > MOST ? `The newest ${MOST} of ${data.length} messages` : `${data.length} messages`}
          </p>
          <div class="split">
            <List mails={data} id={chosen} />
            {chosen !== undefined && <Message key={chosen} id={chosen} revision={revision} />}
          </div>
        </>
      )}
    </section>
  );
}
