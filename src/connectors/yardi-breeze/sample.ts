/** One real resident of Voyager, with everything that the interface tells of them. */
import type { Account, Flow } from '../connector';
import type { SampleField, SampleOf, SampleRow } from '../mirror';
import { joined } from '../seen';
import { customersOf, propertiesOf } from './rows';
import { type Element, textIn } from './xml';

export function* sampleOf(of: SampleOf | undefined, account: Account): Flow<SampleRow | undefined> {
  let any: Element | undefined;
  for (const { code } of yield* propertiesOf(account)) {
    const rows = yield* customersOf(account, 'GetResidents_Login', code);
    const wanted = rows.find((row) => textIn(row, 'CustomerID') === of?.customer);
    any ??= rows[0];
    if (wanted || (any && !of?.customer)) return shown(wanted ?? any);
  }
  return any && shown(any);
}

function shown(row: Element | undefined): SampleRow | undefined {
  if (!row) return undefined;
  const name = joined([textIn(row, 'FirstName'), textIn(row, 'LastName')]);
  return { id: textIn(row, 'CustomerID') ?? '', name, fields: leavesOf(row) };
}

/** Elements that hold text, by the way to them. */
function leavesOf(element: Element, above = ''): readonly SampleField[] {
  return element.children.flatMap((child): readonly SampleField[] => {
    const field = above === '' ? child.name : `${above}.${child.name}`;
    if (child.children.length > 0) return leavesOf(child, field);
    return child.text === '' ? [] : [{ field, label: child.name, value: child.text.slice(0, 100) }];
  });
}
