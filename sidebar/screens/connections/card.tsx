/** One platform: its state in words, its account and limits, its last fault, and what may be done. */
import { useRef, useState } from 'preact/hooks';
import type { Connection, ConnectionState } from '../../../src/api/desk/connections';
import { mayAct } from '../../facts';
import {
  Actions,
  Button,
  Came,
  Chip,
  Details,
  dayText,
  Facts,
  type IconName,
  Note,
  Question,
  type Tone,
  Trouble,
  useFocusBack,
} from '../../kit';
import { Icon } from '../../kit/icon';
import { ask } from '../../server';
import { asTrouble, type Trouble as Fault } from '../../trouble';
import { changes, isRefusal, useChange } from '../../use';
import { Acts } from './acts';
import { Banks } from './banks';
import { BreezeFiles } from './breeze-files';
import { Channels } from './channels';
import { ConnectForm } from './connect-form';
import { Agreement } from './differences';
import { Mapping } from './mapping';
import { Mode } from './mode';
import { OpenValues } from './open-values';
import { DryRun } from './rehearsal';
import { Roster } from './roster';
import { Told } from './told';

const STATES: Readonly<Record<ConnectionState, readonly [tone: Tone, icon: IconName, text: string]>> = {
  'not connected': ['none', 'dash', 'Not connected'],
  connected: ['good', 'check', 'Connected'],
  'needs sign-in': ['bad', 'warn', 'Needs sign-in'],
  busy: ['info', 'clock', 'Busy'],
  failing: ['bad', 'warn', 'Failing'],
  paused: ['none', 'pause', 'Paused'],
};

const timesText = (times: number): string => (times === 1 ? 'once' : `${times} times`);
const countText = (count: number): string => count.toLocaleString('en-US');

/** Google's own limit is so far away, and so much shared, that it would only alarm. */
const callsText = ({ used, limit, plan }: NonNullable<Connection['callsToday']>): string =>
  plan ? `${countText(used)} of ${countText(limit)} of its plan` : countText(used);

function facts(connection: Connection): (readonly [string, string])[] {
  const { account, lastSuccess, nextRun, callsToday, mailToday, failed } = connection;
  return [
    ...(account ? ([['Account', account]] as const) : []),
    ...(connection.booksFrom ? ([['Books from', dayText(connection.booksFrom)]] as const) : []),
    ['Last success', dayText(lastSuccess) || 'Never'],
    ...(failed
      ? ([['Failed', `${timesText(failed.times)}, asked again ${failed.again || 'with the next run'}`]] as const)
      : []),
    ...(nextRun && !failed ? ([['Next run', nextRun]] as const) : []),
    ...(callsToday ? ([['Calls today', callsText(callsToday)]] as const) : []),
    ...(mailToday ? ([['Mails left today', `${mailToday.left} of ${mailToday.perDay}`]] as const) : []),
  ];
}

function Said({ fault }: Pick<Connection, 'fault'>) {
  if (!fault) return null;
  return (
    <div class="box bad">
      <Icon name="warn" />
      <div>
        <b>{fault.what}</b>
        <p>{fault.means}</p>
        <p>{fault.fix}</p>
      </div>
    </div>
  );
}

type Tried = { readonly busy: boolean; readonly says?: string; readonly fault?: Fault };

/** A call that changes nothing, whose answer is the platform's state. */
function Test({ connection }: { readonly connection: Connection }) {
  const [tried, setTried] = useState<Tried>({ busy: false });
  const run = async () => {
    setTried({ busy: true });
    try {
      const now = await ask('testPlatform', { platform: connection.id }, 60_000);
      setTried({ busy: false, says: isRefusal(now) ? now.refused : `It answered: ${STATES[now.state][2]}.` });
      changes.value++;
    } catch (error) {
      setTried({ busy: false, fault: asTrouble(error) });
    }
  };
  return (
    <>
      <Button busy={tried.busy} label={`Test ${connection.title}`} onClick={() => void run()}>
        Test
      </Button>
      <p class="said" role="status">
        {tried.says ?? ''}
      </p>
      {tried.fault ? <Trouble trouble={tried.fault} again={() => void run()} /> : null}
    </>
  );
}

function Pause({ connection }: { readonly connection: Connection }) {
  const act = useChange('pausePlatform');
  const paused = connection.state === 'paused';
  return (
    <>
      <Button
        changes
        busy={act.busy}
        label={`${paused ? 'Resume' : 'Pause'} ${connection.title}`}
        onClick={() => void act.run({ platform: connection.id, paused: !paused })}
      >
        {paused ? 'Resume' : 'Pause'}
      </Button>
      <Came of={act} />
    </>
  );
}

function Remove({ connection, onClose }: { readonly connection: Connection; readonly onClose: () => void }) {
  const act = useChange('removePlatform');
  const confirm = async () => {
    if (await act.run({ platform: connection.id })) onClose();
  };
  return (
    <Question
      label={`Remove ${connection.title}`}
      yes={`Remove ${connection.title}`}
      act={act}
      onYes={() => void confirm()}
      onClose={onClose}
    >
      <p>Its key is deleted and nothing is read from it or sent through it any more. What is in the ledger stays.</p>
    </Question>
  );
}

function Buttons({ connection }: { readonly connection: Connection }) {
  const [open, setOpen] = useState<'' | 'connect' | 'remove'>('');
  const [said, setSaid] = useState('');
  const place = useRef<HTMLDivElement>(null);
  useFocusBack(place, open !== '');
  const close = (says = '') => {
    setSaid(says);
    setOpen('');
  };
  return (
    <div ref={place}>
      {open === 'connect' ? <ConnectForm connection={connection} onClose={close} /> : null}
      {open === 'remove' ? <Remove connection={connection} onClose={close} /> : null}
      {open === '' ? <Choices connection={connection} onOpen={setOpen} /> : null}
      <p class="said" role="status">
        {said}
      </p>
    </div>
  );
}

function Choices({
  connection,
  onOpen,
}: {
  readonly connection: Connection;
  readonly onOpen: (what: 'connect' | 'remove') => void;
}) {
  const { state, title, fields, removable } = connection;
  const there = state !== 'not connected';
  const verb = there ? 'Reconnect' : 'Connect';
  return (
    <Actions>
      {fields.length > 0 ? (
        <Button label={`${verb} ${title}`} onClick={() => onOpen('connect')}>
          {verb}
        </Button>
      ) : null}
      {there ? <Test connection={connection} /> : null}
      {there ? <Pause connection={connection} /> : null}
      {there && removable ? (
        <Button look="quiet" label={`Remove ${title}`} onClick={() => onOpen('remove')}>
          Remove
        </Button>
      ) : null}
    </Actions>
  );
}

export function ConnectionCard({ connection }: { readonly connection: Connection }) {
  const [tone, icon, text] = STATES[connection.state];
  const { title, reads, writes } = connection;
  return (
    <section class="platform" data-platform={connection.id} aria-label={title}>
      <div class="line">
        <h3 class="name">{title}</h3>
        <Chip tone={tone} icon={icon} text={text} />
      </div>
      <Mode connection={connection} />
      {connection.state === 'not connected' ? null : <Facts of={facts(connection)} />}
      {connection.untold ? (
        <Note>You have signed in. The Connections tab shows it after the next run, in a minute or so.</Note>
      ) : null}
      <Told connection={connection} />
      <Agreement connection={connection} />
      <Said {...(connection.fault ? { fault: connection.fault } : {})} />
      {connection.mine && mayAct('owner') ? (
        <>
          <OpenValues connection={connection} />
          <Channels connection={connection} />
          <Banks connection={connection} />
          <Mapping connection={connection} />
          <DryRun connection={connection} />
          <Roster connection={connection} />
          <Acts connection={connection} />
          <Buttons connection={connection} />
        </>
      ) : (
        <p class="quiet">The owner of the schedule holds its key.</p>
      )}
      <BreezeFiles connection={connection} />
      <Details summary="What it reads and writes">
        <Facts
          of={[
            ['Reads', reads.join('; ') || 'Nothing'],
            ['Writes', writes.join('; ') || 'Nothing'],
          ]}
        />
      </Details>
    </section>
  );
}
