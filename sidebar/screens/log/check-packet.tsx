/** An evidence packet that somebody brings, held against the Ledger and the Log. */
import { useState } from 'preact/hooks';
import type { PacketVerdict } from '../../../src/api/desk/verify-packet';
import { Actions, Button, Came, Details, Good, Note, Skeleton } from '../../kit';
import { FileField } from '../../kit/file-field';
import { Remark } from '../../kit/remark';
import { useAnswer } from '../connections/use-answer';

/** A packet is at most as large. */
const MEGABYTES = 5;

export function CheckPacket() {
  return (
    <Details summary="Check a packet">
      <Check />
    </Details>
  );
}

function Check() {
  const check = useAnswer('verifyPacket');
  const [text, setText] = useState('');
  const take = (next: string) => {
    check.clear();
    setText(next);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void check.look({ text });
      }}
    >
      <p class="quiet">Tells whether a packet is as it was made, and whether the book is still as it was then.</p>
      <FileField label="Evidence packet" accept=".html,.csv,text/html,text/csv" megabytes={MEGABYTES} onText={take} />
      <Actions>
        <Button submit changes={false} busy={check.busy} disabled={text === ''}>
          Check the packet
        </Button>
      </Actions>
      {check.busy ? <Skeleton rows={2} what="Holding each row against the book…" /> : null}
      <div role="status">{check.answer ? <Verdict of={check.answer} /> : null}</div>
      <Came of={check} again={() => void check.look({ text })} />
    </form>
  );
}

function Verdict({ of: { ok, genuine, says, differences, lease, madeBy, madeAt } }: { readonly of: PacketVerdict }) {
  const [, ...others] = differences;
  const about = `Lease ${lease}, made by ${madeBy} at ${madeAt}.`;
  if (ok)
    return (
      <>
        <Good>{says}</Good>
        <p class="quiet small">{about}</p>
      </>
    );
  return (
    <>
      <Note tone="due">{says}</Note>
      <p class="quiet small">{genuine ? about : `The file says: ${about}`}</p>
      {others.map((text) => (
        <Remark key={text} tone="bad" text={text} />
      ))}
    </>
  );
}
