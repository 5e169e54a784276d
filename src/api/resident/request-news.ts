/** Whom a resident's request is told to: a task for the manager, and a line in the property's Slack channel. */
import type { Account } from '../../domain/account';
import type { Intent, Task } from '../../domain/book';
import { addDays } from '../../domain/calendar';
import type { RequestRow } from '../../domain/requests';
import { key } from '../../domain/values';
import { slackAlert } from '../../domain/wishes';

const TITLES: Readonly<Record<RequestRow['kind'], string>> = {
  dispute: 'Answer the dispute of a charge',
  plan: 'Answer the wish for a payment plan',
  promise: '',
};

export const taskOfRequest = (name: string) => key(`task:${name}`);

/** A promise needs no answer: it ends by itself. */
export function requestTask({ lease, property, today }: Account, row: RequestRow): readonly Task[] {
  const title = TITLES[row.kind];
  if (title === '') return [];
  const about = row.about ? ` ${row.about}.` : '';
  return [
    {
      key: taskOfRequest(row.key),
      lease: lease.id,
      property: property.name,
      owner: property.managerEmail,
      due: addDays(today, 2),
      title,
      detail: `${lease.residents}, ${property.name} ${lease.unit}:${about} ${row.text}`.slice(0, 900),
    },
  ];
}

const SAYS: Readonly<Record<RequestRow['kind'], (row: RequestRow) => string>> = {
  dispute: () => 'a charge is disputed',
  plan: () => 'a payment plan is asked for',
  promise: ({ until }) => `payment is promised by ${until}`,
};

/** Units only, no names and no words of the resident: a channel is read by many. */
export const alertOf = ({ lease, property, run }: Account, row: RequestRow): Intent | undefined =>
  slackAlert(row.key, property, run, `${property.name} ${lease.unit}: ${SAYS[row.kind](row)}.`, lease);
