/** The platforms: what state each is in, what it means, and how it is connected, tested, paused and removed. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Connection } from '../../src/api/desk/connections';
import { Card, Empty, Shown, TextField } from '../kit';
import type { Params } from '../route';
import { useAsked } from '../use';
import { ConnectionCard } from './connections/card';

const GROUPS: readonly Connection['group'][] = [
  'Pay in',
  'Books',
  'Messages',
  'Documents',
  'CRM',
  'Property systems',
  'Sheets and flows',
];
/** So few need no search. */
const FEW = 4;

const matches = ({ title, group, reads, writes, state }: Connection, text: string): boolean =>
  `${title} ${group} ${state} ${reads.join(' ')} ${writes.join(' ')}`.toLowerCase().includes(text.trim().toLowerCase());

/** What is connected comes first. */
const byUse = (a: Connection, b: Connection): number =>
  Number(a.state === 'not connected') - Number(b.state === 'not connected') || a.title.localeCompare(b.title);

function All({ all, wanted }: { readonly all: readonly Connection[]; readonly wanted: string | undefined }) {
  const place = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const found = all.filter((each) => matches(each, text));
  useEffect(() => {
    if (wanted) place.current?.querySelector(`[data-platform="${CSS.escape(wanted)}"]`)?.scrollIntoView();
  }, [wanted]);
  if (all.length === 0) return <Empty text="There is no platform to connect yet." />;
  return (
    <div ref={place}>
      {all.length > FEW ? (
        <TextField
          label="Find a platform"
          type="search"
          value={text}
          onInput={setText}
          hint="By name, or by what it does"
        />
      ) : null}
      {found.length === 0 ? <Empty text={`No platform matches "${text}".`} /> : null}
      {GROUPS.map((group) => {
        const mine = found.filter((each) => each.group === group).sort(byUse);
        if (mine.length === 0) return null;
        return (
          <Card key={group} title={group}>
            {mine.map((each) => (
              <ConnectionCard key={each.id} connection={each} />
            ))}
          </Card>
        );
      })}
    </div>
  );
}

export function Connections({ params }: { readonly params: Params }) {
  const asked = useAsked('connections', {});
  return (
    <Shown asked={asked} rows={6}>
      {(all) => <All all={all} wanted={params.platform} />}
    </Shown>
  );
}
