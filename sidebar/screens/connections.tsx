/** The platforms: what state each is in, what it means, and how it is connected, tested, paused and removed. */
import { useEffect, useRef } from 'preact/hooks';
import type { Connection } from '../../src/api/desk/connections';
import { Card, Empty, Shown } from '../kit';
import type { Params } from '../route';
import { useAsked } from '../use';
import { ConnectionCard } from './connections/card';

const GROUPS: readonly Connection['group'][] = ['Pay in', 'Messages'];

function All({ all, wanted }: { readonly all: readonly Connection[]; readonly wanted: string | undefined }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (wanted) place.current?.querySelector(`[data-platform="${CSS.escape(wanted)}"]`)?.scrollIntoView();
  }, [wanted]);
  if (all.length === 0) return <Empty text="There is no platform to connect yet." />;
  return (
    <div ref={place}>
      {GROUPS.map((group) => {
        const mine = all.filter((each) => each.group === group);
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
