/** The banks that are linked at a platform: the owner's own are read, residents' are collected from; each can be renewed. */
import { useRef } from 'preact/hooks';
import type { Connection, LinkedBankLine } from '../../../src/api/desk/connections';
import { Actions, Button, Line, List, useFocusBack } from '../../kit';
import { BankOutcome, BankPagePanel, useBankPage } from '../shared/bank-page';

const whose = ({ purpose, lease }: LinkedBankLine): string =>
  purpose === 'feed' ? 'Your account: what comes in is read' : `Lease ${lease ?? ''}: rent is collected from it`;

export function Banks({ connection }: { readonly connection: Connection }) {
  const { id, title, banks } = connection;
  const page = useBankPage();
  const place = useRef<HTMLElement>(null);
  useFocusBack(place, page.begun !== undefined);
  if (!banks || connection.state === 'not connected') return null;
  const isRead = banks.some((bank) => bank.purpose === 'feed');
  return (
    <section class="banks" aria-label={`Banks linked at ${title}`} ref={place}>
      <h4>Linked banks</h4>
      {isRead ? null : <p class="quiet">None of yours yet: link the account on which rent arrives, and it is read.</p>}
      <List of={banks} keyOf={({ item }) => item}>
        {(bank) => (
          <Line
            head={bank.name}
            tail={
              <Button
                look="quiet"
                busy={page.busy && !page.begun}
                label={`Renew the consent of ${bank.name}`}
                onClick={() =>
                  void page.begin({ platform: id, purpose: bank.purpose, item: bank.item, lease: bank.lease })
                }
              >
                Renew
              </Button>
            }
            note={whose(bank)}
          />
        )}
      </List>
      <BankOutcome page={page} />
      {page.begun ? (
        <BankPagePanel page={page} by={title} whose="owner" />
      ) : (
        <Actions>
          <Button
            label={`Link a bank at ${title}`}
            busy={page.busy}
            onClick={() => void page.begin({ platform: id, purpose: 'feed' })}
          >
            Link a bank
          </Button>
        </Actions>
      )}
    </section>
  );
}
