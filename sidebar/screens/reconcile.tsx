/** Reconcile: payments that no lease is known for, one at a time, by keyboard or by mouse. */
import { Button, Good, Shown } from '../kit';
import { go, type Params } from '../route';
import { useAsked } from '../use';
import { Work } from './reconcile/work';

export function Reconcile({ params }: { readonly params: Params }) {
  const asked = useAsked('queue', {});
  return (
    <Shown asked={asked} rows={6}>
      {(queue) =>
        queue.items.length === 0 ? (
          <Good>
            <p>Every payment is matched.</p>
            <Button onClick={() => go('log', { group: 'money' })}>Show money in the Log</Button>
          </Good>
        ) : (
          <Work queue={queue} first={params.receipt} />
        )
      }
    </Shown>
  );
}
