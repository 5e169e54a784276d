/** How the residents of a lease are told: by which way, with whose consent, and what is known of each address. */
import { useRef, useState } from 'preact/hooks';
import type { LeaseView } from '../../../src/api/desk/lease';
import { mayAct } from '../../facts';
import {
  Actions,
  Button,
  Came,
  Card,
  Chip,
  DayOf,
  Facts,
  type IconName,
  List,
  Question,
  type Tone,
  useFocusBack,
} from '../../kit';
import { type Acting, useChange } from '../../use';

type Contacts = LeaseView['contacts'];
type Marked = Contacts['marked'][number];

interface Address {
  readonly kind: Marked['kind'];
  readonly address: string;
  readonly mark?: Marked;
}

/** How residents are told, by the words of the column Notify by. */
export const WAYS: Readonly<Record<string, string>> = {
  email: 'By mail',
  sms: 'By text',
  both: 'By mail and by text',
  'email, else sms': 'By mail, else by text',
  'sms, else email': 'By text, else by mail',
  none: 'Not at all',
};

const MARKS: Readonly<Record<string, readonly [tone: Tone, icon: IconName, text: string]>> = {
  'opted out': ['none', 'close', 'Opted out'],
  complained: ['bad', 'warn', 'Marked us as spam'],
  bounced: ['bad', 'warn', 'Takes nothing'],
  blocked: ['due', 'half', 'Blocked for now'],
};
const GOOD = ['good', 'check', 'Good'] as const;

const addressesOf = ({ emails, number, marked }: Contacts): readonly Address[] =>
  [
    ...emails.map((address) => ({ kind: 'email' as const, address })),
    ...(number ? [{ kind: 'sms' as const, address: number }] : []),
  ].map((each) => {
    const mark = marked.find(({ kind, address }) => kind === each.kind && address === each.address);
    return mark ? { ...each, mark } : each;
  });

export function Addresses({ view }: { readonly view: LeaseView }) {
  const { contacts, row } = view;
  return (
    <Card title="How residents are told">
      <Facts
        of={[
          ['Notify by', WAYS[contacts.notifyBy] ?? contacts.notifyBy],
          ['Consent to texts', contacts.smsConsent || 'None recorded'],
        ]}
      />
      {contacts.smsConsent ? null : (
        <p class="quiet small">
          No text is sent without it. Write who agreed, how and when under "SMS consent", row {row} of the Leases tab.
        </p>
      )}
      <List of={addressesOf(contacts)} keyOf={({ kind, address }) => `${kind} ${address}`}>
        {(each) => <One of={each} />}
      </List>
    </Card>
  );
}

function One({ of }: { readonly of: Address }) {
  const { address, mark } = of;
  const [tone, icon, text] = mark ? (MARKS[mark.state] ?? ['due', 'half', mark.state]) : GOOD;
  return (
    <>
      <div class="line">
        <span>{address}</span>
        <Chip tone={tone} icon={icon} text={text} />
      </div>
      {mark ? (
        <p class="quiet small">
          {mark.by}, <DayOf day={mark.since} />
          {mark.detail ? `: ${mark.detail}` : ''}
        </p>
      ) : null}
      {mayAct('manager') && !mark?.final ? <Decide of={of} /> : null}
    </>
  );
}

function Decide({ of: { kind, address, mark } }: { readonly of: Address }) {
  const act = useChange('setContact');
  const [asking, setAsking] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useFocusBack(place, asking);
  const say = async (as: 'good' | 'opted out') => {
    if (await act.run({ kind, address, as })) setAsking(false);
  };
  const close = () => {
    act.clear();
    setAsking(false);
  };
  return (
    <div ref={place}>
      {asking ? (
        <Sure kind={kind} address={address} act={act} say={() => void say('opted out')} onClose={close} />
      ) : (
        <>
          <Came of={act} />
          <Actions>
            {mark ? (
              <Button changes busy={act.busy} label={`Try again: ${address}`} onClick={() => void say('good')}>
                Try again
              </Button>
            ) : null}
            <Button look="quiet" label={`Write to it no more: ${address}`} onClick={() => setAsking(true)}>
              Write to it no more
            </Button>
          </Actions>
        </>
      )}
    </div>
  );
}

/** How it may be taken back differs, and must be known before. */
const BACK: Readonly<Record<Address['kind'], string>> = {
  sms: 'Only the resident can take that back, by answering START.',
  email: 'It can be taken back on the Contacts tab only, once the resident has asked for mail again.',
};

function Sure(props: {
  readonly kind: Address['kind'];
  readonly address: string;
  readonly act: Acting<'setContact'>;
  readonly say: () => void;
  readonly onClose: () => void;
}) {
  const { kind, address, act, say, onClose } = props;
  return (
    <Question label={`Write no more to ${address}`} yes="Write to it no more" act={act} onYes={say} onClose={onClose}>
      <p>Nothing is sent to {address} any more, for any lease: no reminder, no receipt, no notice.</p>
      <p>{BACK[kind]}</p>
    </Question>
  );
}
