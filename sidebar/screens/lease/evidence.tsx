/** The evidence packet of a lease: for which days, what it holds, and its two files. */
import { useRef, useState } from 'preact/hooks';
import type { Evidence } from '../../../src/api/desk/evidence';
import { mayAct } from '../../facts';
import { Actions, Button, Came, DayField, Details, Skeleton } from '../../kit';
import { newRequest } from '../../server';
import { useAnswer } from '../connections/use-answer';
import { save } from '../shared/save';

const HOLDS = [
  'lease, terms of rent and late fee, law',
  'statement with what was owed after each row',
  'each charge with its arithmetic',
  'payments, returns and refunds',
  'notices and messages with what became of them',
  'tasks, decisions, disputes and plans',
  'rows of Ledger and Log with their digests',
];

export function EvidencePacket({ lease }: { readonly lease: string }) {
  if (!mayAct('manager')) return null;
  return (
    <Details summary="Evidence packet">
      <Make key={lease} lease={lease} />
    </Details>
  );
}

function Make({ lease }: { readonly lease: string }) {
  const made = useAnswer('evidence');
  const [days, setDays] = useState({ from: '', until: '' });
  // The same id until it is made: after a lost reply the same packet comes, and the Log tells of it once.
  const request = useRef(newRequest());
  const choose = (next: Partial<typeof days>) => {
    made.clear();
    request.current = newRequest();
    setDays({ ...days, ...next });
  };
  const run = async () => {
    const { from, until } = days;
    const period = { ...(from ? { from } : {}), ...(until ? { until } : {}) };
    const files = await made.look({ lease, request: request.current, ...period });
    if (files) saveHtml(files);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <p class="quiet">All about this lease in one file, for a court, an owner or your own records:</p>
      <ul class="quiet small">
        {HOLDS.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <DayField label="From" hint="Empty: from the first day." value={days.from} onInput={(from) => choose({ from })} />
      <DayField label="Until" hint="Empty: until today." value={days.until} onInput={(until) => choose({ until })} />
      <Actions>
        <Button submit changes={false} busy={made.busy}>
          Make the packet
        </Button>
      </Actions>
      {made.busy ? <Skeleton rows={2} what="Reading all rows of this lease. A long one takes a minute…" /> : null}
      <div role="status">{made.answer ? <Files of={made.answer} /> : null}</div>
      <Came of={made} again={() => void run()} />
    </form>
  );
}

const saveHtml = ({ name, html }: Evidence) => save(`${name}.html`, html, 'text/html');

const Files = ({ of: files }: { readonly of: Evidence }) => (
  <>
    <p>Saved as {files.name}.html. The Log tells of it with this digest:</p>
    <code class="address">{files.digest}</code>
    <Actions>
      <Button changes={false} onClick={() => saveHtml(files)}>
        Save it again
      </Button>
      <Button changes={false} onClick={() => save(`${files.name}.csv`, files.csv)}>
        Save as CSV
      </Button>
    </Actions>
  </>
);
