/** What connected platforms can do for a lease: pay links, subscriptions, saved methods; the page they make is shown to copy. */
import { useState } from 'preact/hooks';
import type { LeaseView } from '../../../src/api/desk/lease';
import type { LeaseOffering } from '../../../src/api/desk/offers';
import { mayAct } from '../../facts';
import { Actions, Button, Came, Card, Line, List } from '../../kit';
import { useChange } from '../../use';

export function Offers({ view }: { readonly view: LeaseView }) {
  if (view.offers.length === 0 || !mayAct('manager')) return null;
  return (
    <Card title="Collect">
      <List of={view.offers} keyOf={(offer) => `${offer.platform} ${offer.kind}`}>
        {(offer) => <Offer lease={view.line.lease} offer={offer} />}
      </List>
    </Card>
  );
}

function Offer({ lease, offer }: { readonly lease: string; readonly offer: LeaseOffering }) {
  const act = useChange('askPlatform');
  const [link, setLink] = useState('');
  const run = async () => {
    const came = await act.run({ lease, platform: offer.platform, kind: offer.kind });
    if (came && 'link' in came && came.link) setLink(came.link);
  };
  return (
    <>
      <Line head={offer.title} tail={offer.amount} note={offer.says} />
      {link ? (
        <p class="small">
          <a href={link} target="_blank" rel="noopener noreferrer">
            Open the page
          </a>
          <code class="address">{link}</code>
        </p>
      ) : null}
      <Came of={act} again={() => void run()} />
      <Actions>
        <Button changes busy={act.busy} label={`${offer.title}, ${offer.by}`} onClick={() => void run()}>
          {offer.title}
        </Button>
      </Actions>
    </>
  );
}
