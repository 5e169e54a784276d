/** The resident's page as the manager sees it: its links and when they were opened, autopay, and payments that are coming. */
import { useState } from 'preact/hooks';
import type { LeaseView } from '../../../src/api/desk/lease';
import type { ResidentPage as Page, PageLine } from '../../../src/api/desk/resident-page';
import { mayAct } from '../../facts';
import { Actions, Button, Came, Card, Chip, Details, dayText, Facts, type IconName, List, moneyText } from '../../kit';
import { useChange } from '../../use';

const STATES: Readonly<Record<PageLine['state'], readonly [tone: string, icon: IconName, text: string]>> = {
  live: ['good', 'check', 'Open'],
  revoked: ['bad', 'close', 'Revoked'],
  over: ['none', 'dash', 'Over'],
};

const PLANS: Readonly<Record<string, string>> = { running: 'Runs', proposed: 'Proposed', finished: 'Paid to its end' };

const momentText = (at: string): string => `${dayText(at.slice(0, 10))}, ${at.slice(11)}`;

const autopayText = ({ autopay }: Page): string =>
  autopay === undefined ? 'Off' : `On, by ${autopay.by}${autopay.next ? `; asked next ${dayText(autopay.next)}` : ''}`;

function factsOf(page: Page): [string, string][] {
  const { scheduled, processing, plan, disputes } = page;
  return [
    ['Autopay', autopayText(page)],
    ...scheduled.map(({ by, on, amount }): [string, string] => [
      'Scheduled',
      `${moneyText(amount)}, ${dayText(on)}, by ${by}`,
    ]),
    ['Processing', processing ? `${moneyText(processing.amount)} since ${dayText(processing.since)}` : 'Nothing'],
    ['Payment plan', plan === undefined ? 'None' : (PLANS[plan] ?? plan)],
    ['Disputes', disputes === 0 ? 'None' : `${disputes} open`],
  ];
}

/** `key` is the lease: an address that was shown does not stay for another. */
export function ResidentPage({ view }: { readonly view: LeaseView }) {
  const { page, line } = view;
  return (
    <Card title="Resident page">
      <Facts of={factsOf(page)} />
      {page.links.length === 0 ? (
        <p class="quiet small">
          No page yet: the night's run makes one for each address, once the web app is deployed.
        </p>
      ) : (
        <Details summary={`Links (${page.links.length})`} open={page.links.length === 1}>
          <List of={page.links} keyOf={(link) => link.page}>
            {(link) => <Link of={link} lease={line.lease} />}
          </List>
          <p class="quiet small">Mail scanners open links too: opened does not say that anybody has read it.</p>
        </Details>
      )}
    </Card>
  );
}

function Link({ of, lease }: { readonly of: PageLine; readonly lease: string }) {
  const [tone, icon, text] = STATES[of.state];
  const times = of.opened === 1 ? 'once' : `${of.opened} times`;
  return (
    <>
      <div class="line">
        <span class="address">{of.address}</span>
        <Chip tone={tone} icon={icon} text={text} />
      </div>
      <p class="quiet small">
        {of.sent ? `Sent ${momentText(of.sent)}. ` : 'Not sent yet. '}
        {of.openedAt ? `Opened ${times}, last ${momentText(of.openedAt)}.` : 'Not opened.'}
        {of.until ? ` Until ${dayText(of.until)}.` : ''}
      </p>
      {mayAct('manager') && of.state !== 'over' ? <Decide of={of} lease={lease} /> : null}
    </>
  );
}

function Decide({ of: { page, address, state }, lease }: { readonly of: PageLine; readonly lease: string }) {
  const act = useChange('residentLink');
  const [link, setLink] = useState('');
  const run = async (as: 'link' | 'send' | 'revoke') => {
    const came = await act.run({ lease, page, as });
    setLink(came && 'link' in came ? (came.link ?? '') : '');
  };
  return (
    <div>
      <Came of={act} />
      {link === '' ? null : (
        <section class="panel" aria-label={`Link for ${address}`}>
          <p>Whoever has this address acts as the resident. The Log says that you have seen it.</p>
          <code class="address">{link}</code>
          <Actions>
            <Button look="quiet" onClick={() => void navigator.clipboard?.writeText(link)}>
              Copy
            </Button>
            <Button look="quiet" onClick={() => setLink('')}>
              Hide
            </Button>
          </Actions>
        </section>
      )}
      <Actions>
        <Button changes busy={act.busy} label={`Send a fresh link to ${address}`} onClick={() => void run('send')}>
          Send a fresh link
        </Button>
        {state === 'live' ? (
          <>
            <Button look="quiet" busy={act.busy} label={`Copy link of ${address}`} onClick={() => void run('link')}>
              Copy link
            </Button>
            <Button
              look="quiet"
              busy={act.busy}
              label={`Revoke the links of ${address}`}
              onClick={() => void run('revoke')}
            >
              Revoke
            </Button>
          </>
        ) : null}
      </Actions>
    </div>
  );
}
