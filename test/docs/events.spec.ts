/** docs/events.md says of an event what its schema says, and its example is one that the add-on posts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { azureLogicApps } from '../../src/connectors/azure-logic-apps';
import { bodyFor } from '../../src/connectors/azure-logic-apps/event';
import { EVENTS } from '../../src/connectors/told';
import type { Entry } from '../../src/domain/book';
import { day, instantOf } from '../../src/domain/calendar';
import { eventsOf, type Turn } from '../../src/domain/events';
import { emptyState, fold } from '../../src/domain/ledger';
import { cents } from '../../src/domain/money';
import { standingOf } from '../../src/domain/standing';
import { currency, instant, key, propertyName, zone } from '../../src/domain/values';
import type { HttpRequest } from '../../src/ports';
import { effectOf } from '../connectors/drive';
import { bookOf, leaseFrom, newWorld } from '../domain/small-world';
import { optionsOf } from '../domain/story';
import { codeOf, tablesOf } from './tables';

const DOCS = join(__dirname, '../../docs');
const TEXT = readFileSync(join(DOCS, 'events.md'), 'utf8');

interface Schema {
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, { readonly enum?: readonly (string | number)[] }>>;
}
const schema = JSON.parse(readFileSync(join(DOCS, 'azure/events.schema.json'), 'utf8')) as Schema;
const [example] = codeOf(TEXT, 'json').map((code) => JSON.parse(code) as Record<string, unknown>);
const tableOf = (header: string) => tablesOf(TEXT).find(({ headers }) => headers[0] === header)?.rows ?? [];
const bare = (cell = ''): string => cell.replace(/`/g, '');

function complaints(event: unknown): unknown {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const validate = ajv.compile(schema);
  return validate(event) ? [] : validate.errors;
}

/** The lease of the example: of 1,000.00 that it owes 950.00 fell due, and its rung is taken. */
function lateTurn(): Turn {
  const world = newWorld();
  world.property = { ...world.property, name: propertyName('Maple Court'), zone: zone('Etc/UTC') };
  const lease = { ...leaseFrom(world, 'L-104', optionsOf(['rent', '950.00'], [])), unit: '4B' };
  world.leases.push(lease);
  const stem = {
    ...{ lease: lease.id, property: lease.property, currency: currency('USD'), postedAt: instant(0), by: '', why: '' },
  };
  const charge = (name: string, type: string, amount: number, due: string): Entry => ({
    ...{ ...stem, kind: 'charge', key: key(name), type, amountCents: cents(amount), due: day(due), day: day(due) },
  });
  const rung: Entry = {
    ...{ ...stem, kind: 'rung', key: key('rung:late:L-104:2026-12'), rung: 'late', day: day('2026-12-07') },
    about: key('rent:L-104:2026-12'),
  };
  const rent = fold(emptyState(lease.id), charge('rent:L-104:2026-12', 'rent', 95_000, '2026-12-01'));
  const before = fold(rent, charge('parking:L-104:2026-12', 'parking', 5_000, '2026-12-31'));
  const today = day('2026-12-07');
  const facts = { lease, state: before, today, pendingCents: cents(0), firstFeeDay: () => day('2026-12-07') };
  return {
    ...{ book: bookOf(world), lease, before, after: fold(before, rung), standing: standingOf(facts) },
    ...{ entries: [rung], receipts: [], today, now: instantOf(today, 5, 20, zone('Etc/UTC')) },
  };
}

describe('docs/events.md', () => {
  it('has every member of the schema, and says which are always there', () => {
    const told = tableOf('Member').map((row) => [bare(row.Member), row['Always there']]);
    const real = Object.keys(schema.properties).map((name) => [name, schema.required.includes(name) ? 'yes' : 'no']);
    expect(told).toEqual(real);
  });

  it('has every type of event, as the schema and the add-on have them', () => {
    expect(tableOf('Type').map((row) => bare(row.Type))).toEqual([...EVENTS]);
    expect(schema.properties.type?.enum).toEqual([...EVENTS]);
  });

  it('has every word for how a lease stands', () => {
    const row = tableOf('Member').find((each) => bare(each.Member) === 'standing');
    const words = [...(row?.['What it is'] ?? '').matchAll(/`(\w+)`/g)].map(([, word]) => word);
    expect(words).toEqual(schema.properties.standing?.enum);
  });

  it('shows an event that fits the schema, and is what the ledger makes of such a lease', () => {
    expect(complaints(example)).toEqual([]);
    expect(complaints({ ...example, lease: undefined })).not.toEqual([]);
    expect(eventsOf(lateTurn()).map(bodyFor)).toEqual([example]);
  });

  it('says what a test event is', () => {
    const context = { key: key('act:azure-logic-apps:test:1'), payload: {}, now: instant(0), account: {}, attempt: 1 };
    const [request] = effectOf(azureLogicApps, 'test').run(context).next().value as readonly HttpRequest[];
    const event = JSON.parse(request?.body ?? '{}') as Record<string, string>;
    expect(complaints(event)).toEqual([]);
    const prose = TEXT.replace(/\s+/g, ' ');
    expect(prose).toContain(
      `the type \`${event.type}\`, the lease \`${event.lease}\`, the property "${event.property}", and an \`id\` that begins ` +
        `with \`${event.id?.split(':')[0]}:\``,
    );
  });
});
