/** One lease: where it stands and why, its ledger, messages, payments and facts; it follows the row selected in the Sheet. */
import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { LeaseView } from '../../src/api/desk/lease';
import { mayAct } from '../facts';
import { Actions, Button, Empty, IconButton, LeasePicker, Refused, Shown, Tabs } from '../kit';
import { go, type Params, swap } from '../route';
import { selection, useSelection } from '../selection';
import { isRefusal, useAsked } from '../use';
import { EvidencePacket } from './lease/evidence';
import { LeaseFacts } from './lease/facts';
import { Hold } from './lease/hold';
import { Ledger } from './lease/ledger';
import { Notices } from './lease/notices';
import { Offers } from './lease/offers';
import { ResidentPage } from './lease/page';
import { Payments } from './lease/payments';
import { Plan } from './lease/plan';
import { Requests } from './lease/requests';
import { OpenCharges, Standing } from './lease/standing';

/** A pinned lease stays, whatever is selected in the Sheet. */
const pinned = signal(false);
/** A form is open: it would be lost if another lease came. */
const filling = signal(false);

/** Another selection than at the beginning brings another lease; what was selected before does not. */
function useFollow(lease: string): void {
  const now = useSelection();
  const seen = useRef(selection.value);
  useEffect(() => {
    seen.current ??= now;
    const chosen = now?.lease;
    if (!chosen || chosen === seen.current?.lease || pinned.value || filling.value) return;
    seen.current = now;
    if (chosen !== lease) swap('lease', { lease: chosen });
  }, [now, lease]);
}

function Find() {
  const chosen = useSelection()?.lease;
  return (
    <>
      <LeasePicker label="Find a lease" picked="" onPick={({ lease }) => swap('lease', { lease })} />
      {chosen ? (
        <Button onClick={() => swap('lease', { lease: chosen })}>Open the selected lease {chosen}</Button>
      ) : (
        <Empty text="Or select a row in the Sheet: its lease is offered here." />
      )}
    </>
  );
}

function Top({ view }: { readonly view: LeaseView }) {
  const { line, row } = view;
  return (
    <div class="lease-top">
      <div>
        <h2 class="name">{line.residents || line.lease}</h2>
        <p class="quiet">
          {line.unit} · {line.property}
          {view.address ? <br /> : null}
          {view.address}
        </p>
        <p class="quiet small">
          {line.lease}, row {row} of the Leases tab
        </p>
      </div>
      <IconButton
        icon="pin"
        label={pinned.value ? 'Pinned: it stays here' : 'Pin: stay with this lease'}
        pressed={pinned.value}
        onClick={() => {
          pinned.value = !pinned.value;
        }}
      />
    </div>
  );
}

const TABS = ['ledger', 'notices', 'payments', 'facts'] as const;
type TabName = (typeof TABS)[number];

function Pages({ view, tab, whole }: { readonly view: LeaseView; readonly tab: TabName; readonly whole: () => void }) {
  if (tab === 'ledger') return <Ledger view={view} whole={whole} />;
  if (tab === 'notices') return <Notices view={view} />;
  if (tab === 'payments') return <Payments view={view} />;
  return <LeaseFacts view={view} />;
}

function Whole({ view, tab, whole }: { readonly view: LeaseView; readonly tab: TabName; readonly whole: () => void }) {
  const { lease } = view.line;
  return (
    <>
      <Top view={view} />
      <Standing view={view} />
      {mayAct('manager') ? (
        <>
          <Actions>
            <Button look="primary" onClick={() => go('record', { lease })}>
              Record payment
            </Button>
            <Button onClick={() => go('override', { lease })}>Change…</Button>
          </Actions>
          <Hold view={view} filling={filling} />
        </>
      ) : null}
      <Plan view={view} />
      <OpenCharges view={view} />
      <Requests view={view} />
      <ResidentPage key={`page ${lease}`} view={view} />
      <Offers key={lease} view={view} />
      <Tabs
        label="About this lease"
        tabs={[
          { id: 'ledger', label: 'Ledger' },
          { id: 'notices', label: 'Notices' },
          { id: 'payments', label: 'Payments' },
          { id: 'facts', label: 'Facts', count: view.tasks.length },
        ]}
        current={tab}
        onPick={(id) => swap('lease', { lease, tab: id })}
      >
        <Pages view={view} tab={tab} whole={whole} />
      </Tabs>
      <EvidencePacket lease={lease} />
    </>
  );
}

function One({ lease, tab }: { readonly lease: string; readonly tab: TabName }) {
  const [whole, setWhole] = useState(false);
  const asked = useAsked('lease', whole ? { lease, whole } : { lease });
  useFollow(lease);
  return (
    <Shown asked={asked} rows={7}>
      {(view) =>
        isRefusal(view) ? (
          <>
            <Refused text={view.refused} />
            <Find />
          </>
        ) : (
          <Whole view={view} tab={tab} whole={() => setWhole(true)} />
        )
      }
    </Shown>
  );
}

export function Lease({ params }: { readonly params: Params }) {
  const { lease, tab } = params;
  if (!lease) return <Find />;
  return <One lease={lease} tab={TABS.find((each) => each === tab) ?? 'ledger'} />;
}
