/** What the residents of a lease asked for on their page, with what became of it. */
import type { LeaseView } from '../../../src/api/desk/lease';
import type { RequestLine } from '../../../src/api/desk/requests';
import { mayAct } from '../../facts';
import { Card, Chip, DayOf, dayText, type IconName, Line } from '../../kit';
import { REQUEST_KINDS, RequestChoices, RequestWords } from '../shared/request';
import { ShortList } from '../shared/rows';

const FIRST = 3;

const aboutText = ({ charge, until }: RequestLine): string =>
  charge ? `${charge.type}, due ${dayText(charge.due)}. ` : until ? `By ${dayText(until)}. ` : '';

const LOOKS: Readonly<Record<RequestLine['state'], readonly [tone: 'due' | 'plan' | 'good' | 'none', icon: IconName]>> =
  {
    open: ['plan', 'hands'],
    accepted: ['good', 'check'],
    refused: ['none', 'dash'],
    withdrawn: ['none', 'dash'],
    kept: ['good', 'check'],
    broken: ['due', 'clock'],
  };

function Request({ request }: { readonly request: RequestLine }) {
  const [tone, icon] = LOOKS[request.state];
  return (
    <>
      <Line
        head={<b>{REQUEST_KINDS[request.kind]}</b>}
        tail={<Chip tone={tone} icon={icon} text={request.state} />}
        note={
          <>
            {aboutText(request)}Asked for on <DayOf day={request.on} /> by {request.by}.
          </>
        }
      />
      <RequestWords request={request} />
      {request.answer ? (
        <p class="small">
          Answered by {request.answeredBy}: {request.answer}
        </p>
      ) : null}
      {request.state === 'open' && mayAct('manager') ? <RequestChoices request={request} /> : null}
    </>
  );
}

export function Requests({ view }: { readonly view: LeaseView }) {
  if (view.requests.length === 0) return null;
  return (
    <Card title="Requests of the resident" count={view.requests.length}>
      <ShortList of={view.requests} first={FIRST} keyOf={(request) => request.key}>
        {(request) => <Request request={request} />}
      </ShortList>
    </Card>
  );
}
