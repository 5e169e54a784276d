/** Linking a bank: the platform makes a page, somebody goes through it, and the platform is asked how it ended. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { BankLinkBegun } from '../../../src/api/bank-links';
import type { Calls } from '../../../src/api/desk/contract';
import { Actions, Button, Good, Note, Trouble, useEscape, useFocusInside } from '../../kit';
import { ask } from '../../server';
import { asTrouble, type Trouble as Fault } from '../../trouble';
import { changes, isRefusal } from '../../use';

type Wanted = Calls['beginBankLink']['args'];

interface Stands {
  readonly busy: boolean;
  readonly begun?: BankLinkBegun;
  readonly linked?: string;
  /** Asked, and nobody has come to its end yet. */
  readonly unfinished?: true;
  readonly refused?: string;
  readonly fault?: Fault;
}

export interface BankPage extends Stands {
  readonly begin: (wanted: Wanted) => Promise<void>;
  readonly look: () => Promise<void>;
  readonly close: () => void;
}

/** One page at a time; what came of it stays until the next one is begun. */
export function useBankPage(): BankPage {
  const [stands, setStands] = useState<Stands>({ busy: false });
  const { begun } = stands;
  const begin = async (wanted: Wanted) => {
    setStands({ busy: true });
    try {
      const told = await ask('beginBankLink', wanted);
      setStands(isRefusal(told) ? { busy: false, refused: told.refused } : { busy: false, begun: told });
    } catch (error) {
      setStands({ busy: false, fault: asTrouble(error) });
    }
  };
  const look = async () => {
    if (!begun || stands.busy) return;
    setStands({ busy: true, begun });
    try {
      const ended = await ask('endBankLink', { link: begun.link });
      if (isRefusal(ended)) return setStands({ busy: false, refused: ended.refused });
      if (!ended.linked) return setStands({ busy: false, begun, unfinished: true });
      setStands({ busy: false, linked: ended.linked });
      changes.value++;
    } catch (error) {
      setStands({ busy: false, begun, fault: asTrouble(error) });
    }
  };
  return { ...stands, begin, look, close: () => setStands({ busy: false }) };
}

/** What came of it, once the page is closed again. */
export function BankOutcome({ page }: { readonly page: BankPage }) {
  return (
    <>
      <div role="status">{page.linked ? <Good>{page.linked} is linked.</Good> : null}</div>
      {page.refused ? <Note tone="due">{page.refused}</Note> : null}
      {page.fault && !page.begun ? <Trouble trouble={page.fault} /> : null}
    </>
  );
}

/**
 * The page to open. `whose` the owner's: when the sheet has the focus again, it is asked for by itself. A resident's: its address
 * is there to be sent.
 */
export function BankPagePanel({
  page,
  by,
  whose,
}: {
  readonly page: BankPage;
  readonly by: string;
  readonly whose: 'owner' | 'resident';
}) {
  const place = useRef<HTMLElement>(null);
  const looks = useRef(page.look);
  looks.current = page.look;
  useEscape(page.close);
  useFocusInside(place);
  useEffect(() => {
    if (whose !== 'owner') return undefined;
    const back = () => void looks.current();
    window.addEventListener('focus', back);
    return () => window.removeEventListener('focus', back);
  }, [whose]);
  const address = page.begun?.open ?? '';
  return (
    <section class="panel" aria-label={`Link a bank at ${by}`} ref={place}>
      {whose === 'owner' ? (
        <p>{by} opens a page on which you sign in at your bank. Then come back to the sheet.</p>
      ) : (
        <>
          <p>
            Send this page of {by} to the resident, who signs in at their bank there. It is good for seven days, and the
            bank is linked as soon as they have finished.
          </p>
          <code class="address">{address}</code>
        </>
      )}
      <div role="status">{page.unfinished ? <Note>Nobody has come to the end of the page yet.</Note> : null}</div>
      {page.fault ? <Trouble trouble={page.fault} again={() => void page.look()} /> : null}
      <Actions>
        <a
          class={`button ${whose === 'owner' ? 'primary' : ''}`}
          href={address}
          target="_blank"
          rel="noopener noreferrer"
        >
          Open {by}
        </a>
        <Button busy={page.busy} onClick={() => void page.look()}>
          {whose === 'owner' ? 'I am back' : 'Look whether it is done'}
        </Button>
        <Button look="quiet" onClick={page.close}>
          Close
        </Button>
      </Actions>
    </section>
  );
}
