/** The facts of a lease: open tasks, contacts, dates, repeated charges and fee terms. */
import type { LeaseView } from '../../../src/api/desk/lease';
import { mayAct } from '../../facts';
import { Card, DayOf, daysIn, dayText, Facts, Line, List, Money } from '../../kit';
import { TaskDone } from '../today/needs';

const contacts = ({ contacts: { emails, phone, language } }: LeaseView): [string, string][] => [
  ['E-mail', emails.join(', ') || 'None'],
  ['Phone', phone || 'None'],
  ['Language', language || 'en'],
];

/** Until it is signed nothing is charged. */
const signature = ({ signature: on }: LeaseView): [string, string][] =>
  on === undefined ? [] : [['Signature', on === 'awaited' ? 'Awaited: nothing is charged yet' : dayText(on)]];

const dates = (view: LeaseView): [string, string][] => [
  ['Start', dayText(view.start)],
  ['End', view.end ? dayText(view.end) : 'Open'],
  ...signature(view),
  ...(view.hold ? ([['Hold until', dayText(view.hold)]] as [string, string][]) : []),
];

const PAUSED: Readonly<Record<LeaseView['pauses'][number]['type'], string>> = {
  plan: 'On a pause for a plan.',
  dispute: 'In dispute.',
  promise: 'Payment is promised: reminders rest.',
};

function Terms({ terms }: Pick<LeaseView, 'terms'>) {
  if (terms.length === 0) return null;
  return (
    <Card title="Other charges">
      <List of={terms} keyOf={(term, index) => `${term.type} ${term.from} ${index}`}>
        {(term) => (
          <Line
            head={term.type}
            tail={<Money of={term.amount} />}
            note={
              <>
                {term.every === 'once' ? 'Once, ' : 'Each period from '}
                <DayOf day={term.from} />
                {term.until ? ` until ${dayText(term.until)}` : ''}. {term.memo}
              </>
            }
          />
        )}
      </List>
    </Card>
  );
}

export const LeaseFacts = ({ view }: { readonly view: LeaseView }) => (
  <>
    {view.tasks.length > 0 ? (
      <Card title="Tasks" count={view.tasks.length}>
        <List of={view.tasks} keyOf={(task) => task.key}>
          {(task) => (
            <>
              <Line head={<b>{task.title}</b>} tail={<DayOf day={task.due} />} note={daysIn(task.detail)} />
              {mayAct('manager') ? <TaskDone task={task.key} title={task.title} /> : null}
            </>
          )}
        </List>
      </Card>
    ) : null}
    <Card title="Contacts">
      <Facts of={contacts(view)} />
    </Card>
    <Card title="Dates">
      <Facts of={dates(view)} />
      {view.pauses.map(({ type, charge }) => (
        <p key={`${type} ${charge ?? ''}`}>{PAUSED[type]}</p>
      ))}
    </Card>
    <Terms terms={view.terms} />
    <Card title="Late fee and law">
      {view.feeTerms.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </Card>
  </>
);
