/** Record payment: one that somebody handed over, or a whole list of them. */
import { Tabs } from '../kit';
import { type Params, swap } from '../route';
import { RecordMany } from './record/many';
import { RecordOne } from './record/one';

const TABS = [
  { id: 'one', label: 'One payment' },
  { id: 'many', label: 'A list' },
];

export function Record({ params }: { readonly params: Params }) {
  const current = params.tab === 'many' ? 'many' : 'one';
  return (
    <Tabs label="How many payments" tabs={TABS} current={current} onPick={(tab) => swap('record', { ...params, tab })}>
      {current === 'many' ? <RecordMany /> : <RecordOne lease={params.lease ?? ''} />}
    </Tabs>
  );
}
