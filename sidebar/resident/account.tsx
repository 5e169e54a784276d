/** The account: the balance first, then what to do about it, then everything behind it. */
import type { PageAddress } from '../../src/api/resident/pages';
import type { ResidentView } from '../../src/api/resident/view';
import { Ask, Requests } from './asking';
import { Balance, Processing } from './balance';
import { Documents } from './documents';
import { Fees } from './fees';
import { LanguageSwitch } from './kit';
import { Ledger, OpenLines, Strip, Upcoming } from './lines';
import { Autopay, PayBox } from './paying';
import { Contact, People, Reach } from './people';
import { PlanBox } from './plan';
import type { Reader } from './reader';

interface AccountProps {
  readonly view: ResidentView;
  readonly reader: Reader;
  readonly at: PageAddress;
}

export function Account({ view, reader, at }: AccountProps) {
  const { words } = reader;
  const place = view.unit === '' ? view.property.name : `${view.property.name}, ${view.unit}`;
  return (
    <>
      <a class="skip" href="#balance" target="_self">
        {words.account.skip}
      </a>
      <header>
        <LanguageSwitch at={at} language={view.language} title={words.account.languages} />
        <p>{place}</p>
        <h1>{words.account.greeting(view.names)}</h1>
      </header>
      <main>
        <Balance view={view} reader={reader} />
        {view.pay ? <PayBox pay={view.pay} open={view.open} reader={reader} at={at} /> : null}
        <Processing view={view} reader={reader} />
        {view.plan ? <PlanBox plan={view.plan} reader={reader} at={at} /> : null}
        <Requests view={view} reader={reader} at={at} />
        <OpenLines view={view} reader={reader} at={at} />
        <Upcoming view={view} reader={reader} />
        <Ask view={view} reader={reader} at={at} />
        {view.autopay ? <Autopay autopay={view.autopay} reader={reader} at={at} /> : null}
        <Ledger view={view} reader={reader} />
        <Strip view={view} reader={reader} />
        <Fees fee={view.fee} reader={reader} />
        <People view={view} reader={reader} />
        <Documents view={view} reader={reader} at={at} />
        {view.contact ? <Reach contact={view.contact} language={view.language} reader={reader} at={at} /> : null}
        <Contact view={view} reader={reader} />
      </main>
    </>
  );
}
