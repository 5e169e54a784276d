/** Every hostile input of the groups that the add-on can meet so far is tried somewhere, or waits with a reason. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LATER } from './hostile';

const ROOT = join(__dirname, '../..');
const GROUPS = [
  'html-sidebar',
  'sidebar-authorisation',
  'sheet-formula',
  'sheet-edits',
  'money-and-dates',
  'csv-export',
  'email',
  'resident-portal',
  'webhook-dopost',
];
const SPECS = [
  'test/hostile/authorisation.spec.ts',
  'test/hostile/csv.spec.ts',
  'test/hostile/email.spec.ts',
  'test/hostile/formula.spec.ts',
  'test/hostile/money-and-dates.spec.ts',
  'test/hostile/portal.spec.ts',
  'test/hostile/sheet-edits.spec.ts',
  'test/hostile/sidebar.spec.ts',
  'test/hostile/webhook.spec.ts',
  'test/browser/hostile.spec.ts',
];
const tried = SPECS.map((path) => readFileSync(join(ROOT, path), 'utf8')).join('\n');

describe('the collection of hostile inputs', () => {
  const path = join(ROOT, '../shared/oracles/hostile-inputs.json');
  if (!existsSync(path)) {
    console.info('../shared/oracles/hostile-inputs.json is not here: the list of inputs is not compared.');
    it('has cases here', () => expect(tried.match(/'[a-z-]+-\d\d'/g)?.length).toBeGreaterThan(40));
    return;
  }
  const cases = JSON.parse(readFileSync(path, 'utf8')) as readonly { readonly id: string; readonly group: string }[];
  const ids = cases.filter(({ group }) => GROUPS.includes(group)).map(({ id }) => id);

  it('is tried whole', () => {
    expect(ids.length).toBeGreaterThan(40);
    expect(ids.filter((id) => !tried.includes(`'${id}'`) && !LATER[id])).toEqual([]);
  });
});
