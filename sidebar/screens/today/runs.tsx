/** The last run and the next, and this month's money so far. */

import type { RunTold, Today } from '../../../src/api/desk/today';
import { Actions, Button, Card, dayText, Facts, moneyText, Note, shareOf } from '../../kit';
import { go } from '../../route';

export const Month = ({ month }: Pick<Today, 'month'>) =>
  month.length === 0 ? null : (
    <Card title="Collected this month">
      {month.map(({ collected, expected }) => (
        <div key={expected.currency} class="progress">
          <div class="line">
            <b>{moneyText(collected)}</b>
            <span class="quiet">
              {shareOf(collected, expected)} % of {moneyText(expected)}
            </span>
          </div>
          <progress
            max={100}
            value={shareOf(collected, expected)}
            aria-label={`Collected ${moneyText(collected)} of ${moneyText(expected)}`}
          />
        </div>
      ))}
    </Card>
  );

export const RunFailed = ({ run }: { readonly run: RunTold }) => (
  <Note tone="due">
    <b>The last run did not come to its end.</b>
    <p>{run.result}</p>
    <p>Rent and reminders wait for the next run; what is in the ledger is kept.</p>
    <Button look="quiet" onClick={() => go('log', { errors: 'yes' })}>
      Show errors in the Log
    </Button>
  </Note>
);

export function Runs({ today, primary }: { readonly today: Today; readonly primary: boolean }) {
  const { lastRun, nextRuns, zone } = today;
  return (
    <Card title="Runs">
      <Facts
        of={[
          ['Last', lastRun ? `${lastRun.what}, ${dayText(lastRun.at)}: ${lastRun.result}` : 'Not yet'],
          ...nextRuns.map(({ at, what }): [string, string] => ['Next', `${what}, ${dayText(at)}`]),
          ...(nextRuns.length === 0 ? [['Next', 'Not scheduled'] as [string, string]] : []),
          ['Clock', zone],
        ]}
      />
      <Actions>
        <Button look={primary ? 'primary' : 'plain'} onClick={() => go('run')}>
          Run now
        </Button>
      </Actions>
    </Card>
  );
}
