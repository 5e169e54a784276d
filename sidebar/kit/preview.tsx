/** What a change will do before it is done: before and after, the rows it writes, and everything else that follows. */
import { Fragment } from 'preact';
import type { Preview } from '../../src/api/desk/override';
import { DayOf, Money } from './figures';
import { Details, Line, List } from './layout';
import { Note } from './states';
import { moneyText } from './words';

/** A mail address is too long for its column: it breaks after the @ rather than anywhere. */
const breakable = (text: string) =>
  text === ''
    ? '–'
    : text.split(/(?<=@)/).map((part, at) => (
        <Fragment key={`${at} ${part}`}>
          {at > 0 ? <wbr /> : null}
          {part}
        </Fragment>
      ));

function Changes({ changes }: Pick<Preview, 'changes'>) {
  if (changes.length === 0) return null;
  return (
    <table class="changes">
      <caption class="unseen">Before and after</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ what, before, after }) => (
          <tr key={what}>
            <th scope="row">{what}</th>
            <td>{breakable(before)}</td>
            <td>
              <b>{breakable(after)}</b>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function PreviewBox({ preview }: { readonly preview: Preview }) {
  const { title, entries, also, warnings, approval, fixed } = preview;
  return (
    <section class="preview" aria-label="What will change">
      <h2>{title}</h2>
      {warnings.map((text) => (
        <Note key={text} tone="due">
          {text}
        </Note>
      ))}
      <Changes changes={preview.changes} />
      {also.length > 0 ? (
        <>
          <h3>This also happens</h3>
          <List of={also} keyOf={(text, index) => `${index} ${text}`}>
            {(text) => text}
          </List>
        </>
      ) : null}
      {entries.length > 0 ? (
        <Details summary={`Rows for the Ledger (${entries.length})`}>
          <List of={entries} keyOf={(entry) => entry.key}>
            {(entry) => (
              <Line
                head={entry.type || entry.kind}
                tail={<Money of={entry.amount} />}
                note={
                  <>
                    <DayOf day={entry.day} />: {entry.why}
                  </>
                }
              />
            )}
          </List>
        </Details>
      ) : null}
      {approval ? (
        <Note tone="plan">This is above {moneyText(approval.limit)}: it waits until a second person approves it.</Note>
      ) : null}
      {fixed ? <p class="quiet">It cannot be undone: {fixed}</p> : null}
    </section>
  );
}
