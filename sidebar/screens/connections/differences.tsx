/** How a platform and the ledger agree: the last comparison, and each difference with what puts it right. */
import type { Connection } from '../../../src/api/desk/connections';
import { mayAct } from '../../facts';
import { Actions, Button, Came, daysIn, dayText, Line, List } from '../../kit';
import { useChange } from '../../use';

export function Agreement({ connection }: { readonly connection: Connection }) {
  const { agreed, differences } = connection;
  if (!agreed && differences.length === 0) return null;
  return (
    <>
      {agreed ? (
        <p class="quiet small">
          Compared {dayText(agreed.asOf)}: {agreed.here} here, {agreed.there} there
          {differences.length === 0 ? '. No differences.' : '.'}
        </p>
      ) : null}
      {differences.length > 0 ? <Differences connection={connection} /> : null}
    </>
  );
}

/** The card names the platform already. */
function headOf(text: string, platform: string): string {
  const rest = text.replace(`${platform}: `, '');
  return rest.slice(0, 1).toUpperCase() + rest.slice(1);
}

function Differences({ connection }: { readonly connection: Connection }) {
  const act = useChange('fixDifferences');
  const { id, title, differences } = connection;
  const fixable = differences.some((each) => each.fixable);
  const fix = () => void act.run({ platform: id });
  return (
    <section class="panel" aria-label={`Differences from ${title}`}>
      <h4>
        {differences.length} {differences.length === 1 ? 'difference' : 'differences'}
      </h4>
      <List of={differences} keyOf={(each) => each.task}>
        {(each) => <Line head={headOf(each.title, title)} note={daysIn(each.detail)} />}
      </List>
      <Came of={act} again={fix} />
      {fixable && mayAct('owner') ? (
        <Actions>
          <Button changes busy={act.busy} label={`Fix the differences from ${title}`} onClick={fix}>
            Fix
          </Button>
        </Actions>
      ) : null}
    </section>
  );
}
