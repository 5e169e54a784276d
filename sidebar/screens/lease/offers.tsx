/** What connected platforms can do for a lease: pay links, subscriptions, saved methods; the page they make is shown to copy. */
import { useRef, useState } from 'preact/hooks';
import type { LeaseView } from '../../../src/api/desk/lease';
import type { LeaseOffering } from '../../../src/api/desk/offers';
import { mayAct } from '../../facts';
import { Actions, Button, Came, Card, Details, Line, List, moneyText, useFocusBack } from '../../kit';
import { useChange } from '../../use';
import { AskForm } from '../shared/ask-form';
import { ResidentBank } from './bank';

interface Made {
  readonly title: string;
  readonly link: string;
  readonly document: boolean;
}

export function Offers({ view }: { readonly view: LeaseView }) {
  // Kept here: what was done may take its own offer off the list, and the page that it made is still to be sent.
  const [made, setMade] = useState<readonly Made[]>([]);
  const { offers, banks } = view;
  if (offers.length + banks.length + made.length === 0 || !mayAct('manager')) return null;
  const platforms = [...new Map([...offers, ...banks].map(({ platform, by }) => [platform, by]))];
  const keep = (page: Made) => setMade((before) => [page, ...before.filter(({ link }) => link !== page.link)]);
  return (
    <Card title={offers.some((each) => each.document) ? 'Collect and sign' : 'Collect'}>
      <div role="status">
        {made.map((each) => (
          <MadePage key={each.link} made={each} />
        ))}
      </div>
      {platforms.map(([platform, by]) => (
        <Details key={platform} summary={by} open={platforms.length === 1}>
          <ByPlatform view={view} platform={platform} onMade={keep} />
        </Details>
      ))}
    </Card>
  );
}

/** Folded where there are several platforms, since most leases are collected from through one. */
function ByPlatform({
  view,
  platform,
  onMade,
}: {
  readonly view: LeaseView;
  readonly platform: string;
  readonly onMade: (page: Made) => void;
}) {
  const { lease } = view.line;
  const offers = view.offers.filter((each) => each.platform === platform);
  const bank = view.banks.find((each) => each.platform === platform);
  return (
    <>
      <List of={offers} keyOf={(offer) => offer.kind}>
        {(offer) => (
          <Offer
            lease={lease}
            offer={offer}
            onMade={(link) => onMade({ title: `${offer.by}: ${offer.title}`, link, document: offer.document === true })}
          />
        )}
      </List>
      {bank ? <ResidentBank lease={lease} offer={bank} /> : null}
    </>
  );
}

/** A page to pay on is for the resident; that of a document is the manager's own. */
const MadePage = ({ made: { title, link, document } }: { readonly made: Made }) => (
  <section class="panel" aria-label={`Page made: ${title}`}>
    <h3>{title}</h3>
    {document ? (
      <p>It has gone out. How it stands is told here, and on its own page:</p>
    ) : (
      <>
        <p>The page is made. Send its address to the resident:</p>
        <code class="address">{link}</code>
      </>
    )}
    <p>
      <a href={link} target="_blank" rel="noopener noreferrer">
        Open the page
      </a>
    </p>
  </section>
);

function Offer({
  lease,
  offer,
  onMade,
}: {
  readonly lease: string;
  readonly offer: LeaseOffering;
  readonly onMade: (link: string) => void;
}) {
  const act = useChange('askPlatform');
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useFocusBack(place, open);
  const { platform, by, kind, title, amount, says, asks } = offer;
  const run = async (note?: string) => {
    const came = await act.run({ lease, platform, kind, ...(note ? { note } : {}) });
    if (came) setOpen(false);
    if (came && 'link' in came && came.link) onMade(came.link);
  };
  const close = () => {
    act.clear();
    setOpen(false);
  };
  return (
    <div ref={place}>
      <Line head={<span class="quiet">{says}</span>} tail={amount.cents === 0 ? null : moneyText(amount)} />
      {open && asks ? (
        <AskForm title={title} name={`${title}, ${by}`} asks={asks} rows={4} change={act} run={run} onClose={close} />
      ) : (
        <>
          <Came of={act} again={() => void run()} />
          <Actions>
            <Button
              changes={!asks}
              busy={act.busy}
              label={`${title}, ${by}`}
              onClick={() => (asks ? setOpen(true) : void run())}
            >
              {asks ? `${title}…` : title}
            </Button>
          </Actions>
        </>
      )}
    </div>
  );
}
