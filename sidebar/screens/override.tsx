/** Override: a person's decision on a lease's account. Which lease, what to do, then its form with the preview. */
import { useState } from 'preact/hooks';
import type { LeaseView } from '../../src/api/desk/lease';
import { Button, Card, Details, LeasePicker, Line, List, Refused, Shown } from '../kit';
import { LeaseHead } from '../kit/lease-head';
import { go, type Params, swap } from '../route';
import { isRefusal, useAsked } from '../use';
import { OverrideForm } from './override/form';
import { GROUPS, KINDS, type Kind, kindOf } from './override/kinds';

export function Override({ params }: { readonly params: Params }) {
  const { lease = '' } = params;
  if (lease === '') return <PickLease params={params} />;
  return <ForLease lease={lease} params={params} />;
}

function PickLease({ params }: { readonly params: Params }) {
  const [label, setLabel] = useState('');
  return (
    <>
      <LeasePicker
        label="Which lease?"
        picked={label}
        onPick={(found) => {
          setLabel(found.label);
          swap('override', { ...params, lease: found.lease });
        }}
      />
      <p class="quiet">
        Waive a fee, give a credit, change a due date or the rent, hold reminders, take a payment back. You see what
        will change before it does.
      </p>
    </>
  );
}

function ForLease({ lease, params }: { readonly lease: string; readonly params: Params }) {
  const asked = useAsked('lease', { lease });
  return (
    <Shown asked={asked}>
      {(view) => {
        if (isRefusal(view)) return <Refused text={view.refused} />;
        const kind = kindOf(params.kind);
        const not = kind?.not(view);
        return (
          <>
            <LeaseHead line={view.line} />
            {kind && !not ? <OverrideForm key={kind.kind} view={view} kind={kind} params={params} /> : null}
            {kind && not ? (
              <p>
                {kind.name}: {not}
              </p>
            ) : null}
            {kind && !not ? null : <Choices view={view} params={params} />}
          </>
        );
      }}
    </Shown>
  );
}

function Choices({ view, params }: { readonly view: LeaseView; readonly params: Params }) {
  const about = KINDS.filter((kind) => isAbout(kind, params));
  const possible = about.filter((kind) => kind.not(view) === undefined);
  const others = about.filter((kind) => kind.not(view) !== undefined);
  return (
    <>
      {GROUPS.map((group) => {
        const kinds = possible.filter((kind) => kind.group === group);
        return kinds.length === 0 ? null : (
          <Card key={group} title={group}>
            <List of={kinds} keyOf={({ kind }) => kind}>
              {(kind) => <Choice kind={kind} params={params} />}
            </List>
          </Card>
        );
      })}
      {about.length < KINDS.length ? (
        <Button onClick={() => swap('override', { lease: view.line.lease })}>Show all overrides</Button>
      ) : null}
      {others.length > 0 ? (
        <Details summary="Not possible now">
          <List of={others} keyOf={({ kind }) => kind}>
            {(kind) => <Line head={kind.name} note={kind.not(view)} />}
          </List>
        </Details>
      ) : null}
    </>
  );
}

/** Somebody who comes from one payment, charge or notice is asked about that only. */
function isAbout({ fields }: Kind, { receipt, charge, effect }: Params): boolean {
  if (receipt) return fields.includes('receipt');
  if (charge) return fields.includes('charge') || fields.includes('pause');
  return effect ? fields.includes('effect') : true;
}

const Choice = ({ kind, params }: { readonly kind: Kind; readonly params: Params }) => (
  <>
    <Button look="quiet" onClick={() => go('override', { ...params, kind: kind.kind })}>
      {kind.name}
    </Button>
    <div class="quiet choice-note">{kind.note}</div>
  </>
);
