/** What was sent to a lease's residents, and what comes next if nothing is paid. */
import { useState } from 'preact/hooks';
import type { LeaseView, PlannedRung } from '../../../src/api/desk/lease';
import type { EffectLine } from '../../../src/api/desk/told';
import { Button, Card, DayOf, Empty, Line, List, Note } from '../../kit';
import { EffectPanel } from '../shared/effect';
import { ShortList } from '../shared/rows';

const FIRST = 10;

const does = ({ channel, template, task }: PlannedRung) =>
  [template ? `${template} by ${channel}` : '', task ? `task: ${task}` : ''].filter(Boolean).join('; ') || channel;

const Planned = ({ rung }: { readonly rung: PlannedRung }) => (
  <Line
    head={<b>{rung.rung}</b>}
    tail={<DayOf day={rung.on} />}
    note={
      <>
        {does(rung)}
        {rung.release ? '. It waits until a person releases it.' : ''}
      </>
    }
  />
);

function Sent({ effect }: { readonly effect: EffectLine }) {
  const [open, setOpen] = useState(false);
  const name = effect.subject || effect.kind;
  return (
    <>
      <Line
        head={<b>{name}</b>}
        note={
          <>
            {effect.state}, {effect.at}, by {effect.channel}
            {effect.to ? ` to ${effect.to}` : ''}. {effect.fault}
          </>
        }
      />
      {open ? (
        <EffectPanel effect={effect.key} onClose={() => setOpen(false)} />
      ) : (
        <Button look="quiet" label={`Read: ${name}`} onClick={() => setOpen(true)}>
          Read
        </Button>
      )}
    </>
  );
}

export function Notices({ view }: { readonly view: LeaseView }) {
  const { sent, planned } = view.notices;
  const { unreachable } = view.contacts;
  return (
    <>
      {unreachable ? <Note tone="due">{unreachable}</Note> : null}
      {planned.length > 0 ? (
        <Card title="Next, if nothing is paid">
          <List of={planned} keyOf={(rung) => `${rung.rung} ${rung.on}`}>
            {(rung) => <Planned rung={rung} />}
          </List>
        </Card>
      ) : (
        <p class="quiet">No reminder is planned.</p>
      )}
      {sent.length > 0 ? (
        <Card title="Sent" count={sent.length}>
          <ShortList of={sent} first={FIRST} keyOf={(effect) => effect.key}>
            {(effect) => <Sent effect={effect} />}
          </ShortList>
        </Card>
      ) : (
        <Empty text="Nothing has been sent yet." />
      )}
    </>
  );
}
