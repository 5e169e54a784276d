/** How a lease's residents are told, what was sent to them and how it ended, and what comes next if nothing is paid. */
import { useState } from 'preact/hooks';
import type { LeaseView, PlannedRung } from '../../../src/api/desk/lease';
import type { EffectLine } from '../../../src/api/desk/told';
import { Button, Card, DayOf, Empty, Line, List, Note } from '../../kit';
import { clockIn, DeliveryChip, headText, troubleIn, wayText, whenText } from '../shared/delivery';
import { EffectPanel } from '../shared/effect';
import { ShortList } from '../shared/rows';
import { Addresses, WAYS } from './addresses';

const FIRST = 10;

/** `resident` is the way that the residents have chosen. */
const wayOf = (channel: string, notifyBy: string): string =>
  (WAYS[channel === 'resident' ? notifyBy : channel] ?? channel).replace(/^B/, 'b');

const does = ({ channel, template, task }: PlannedRung, notifyBy: string) =>
  [template ? `${template}, ${wayOf(channel, notifyBy)}` : '', task ? `task: ${task}` : '']
    .filter(Boolean)
    .join('; ') || channel;

const Planned = ({ rung, notifyBy }: { readonly rung: PlannedRung; readonly notifyBy: string }) => (
  <Line
    head={<b>{rung.rung}</b>}
    tail={<DayOf day={rung.on} />}
    note={
      <>
        {does(rung, notifyBy)}
        {rung.release ? '. It waits until a person releases it.' : ''}
      </>
    }
  />
);

function Sent({ effect }: { readonly effect: EffectLine }) {
  const [open, setOpen] = useState(false);
  const name = headText(effect);
  const trouble = troubleIn(effect);
  return (
    <>
      <Line head={<b>{name}</b>} />
      <div class="line">
        <DeliveryChip effect={effect} />
        <span class="quiet small">{whenText(effect)}</span>
      </div>
      {trouble ? <p class="said-of-it">{trouble}</p> : null}
      <div class="quiet small">
        {wayText(effect)}
        {effect.to ? ` to ${effect.to}` : ''}
      </div>
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

const SentList = ({ sent }: { readonly sent: readonly EffectLine[] }) => (
  <Card title="Sent" count={sent.length}>
    <ShortList of={sent} first={FIRST} keyOf={(effect) => effect.key}>
      {(effect) => <Sent effect={effect} />}
    </ShortList>
    <p class="quiet small">Times by the clock of {clockIn(sent[0]?.at ?? '')}.</p>
  </Card>
);

export function Notices({ view }: { readonly view: LeaseView }) {
  const { sent, planned } = view.notices;
  const { unreachable, notifyBy } = view.contacts;
  return (
    <>
      {unreachable ? <Note tone="due">{unreachable}</Note> : null}
      <Addresses view={view} />
      {planned.length > 0 ? (
        <Card title="Next, if nothing is paid">
          <List of={planned} keyOf={(rung) => `${rung.rung} ${rung.on}`}>
            {(rung) => <Planned rung={rung} notifyBy={notifyBy} />}
          </List>
        </Card>
      ) : (
        <p class="quiet">No reminder is planned.</p>
      )}
      {sent.length > 0 ? <SentList sent={sent} /> : <Empty text="Nothing has been sent yet." />}
    </>
  );
}
