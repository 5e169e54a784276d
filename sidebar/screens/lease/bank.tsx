/** Linking the resident's bank, so that rent can be collected from it. */
import { useRef } from 'preact/hooks';
import type { BankOffering } from '../../../src/api/desk/bank-offers';
import { Actions, Button, Line, useFocusBack } from '../../kit';
import { BankOutcome, BankPagePanel, useBankPage } from '../shared/bank-page';

export function ResidentBank({ lease, offer }: { readonly lease: string; readonly offer: BankOffering }) {
  const page = useBankPage();
  const place = useRef<HTMLDivElement>(null);
  useFocusBack(place, page.begun !== undefined);
  const { platform, by, linked } = offer;
  return (
    <div ref={place}>
      <Line
        head="The resident's bank"
        note={
          linked
            ? `${linked} is linked at ${by}. Another one takes its place.`
            : `${by} makes a page on which the resident links a bank account to collect rent from.`
        }
      />
      <BankOutcome page={page} />
      {page.begun ? (
        <BankPagePanel page={page} by={by} whose="resident" />
      ) : (
        <Actions>
          <Button
            label={`Link the resident's bank, ${by}`}
            busy={page.busy}
            onClick={() => void page.begin({ platform, purpose: 'pay', lease })}
          >
            Link the resident's bank
          </Button>
        </Actions>
      )}
    </div>
  );
}
