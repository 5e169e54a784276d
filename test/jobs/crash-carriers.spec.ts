/** Deliveries by carriers, the news of them and what is taken back, killed at every service call: the end is the uninterrupted one. */
import { callApi, type World } from '../worlds';
import { type Effect, effects } from './carriers-world';
import { lateMorning } from './crash-carriers-worlds';
import { comesToTheSameEnd, type Job } from './crash-harness';

const byPerson = (name: string) => (world: World) => callApi(world, name, []).ok;

/** Vendors know late what they have: a repeat is looked for twice before anything leaves again, and then its news take their time. */
const HOURS = [12, 45, 75, 140, 210];

const JOBS: readonly Job[] = [
  {
    name: 'deliver with a batch of mail, a text, threads, a mirror and events',
    handler: 'api',
    world: lateMorning,
    start: byPerson('deliver'),
    after: HOURS,
  },
];

describe('the worlds in which they are killed', () => {
  const count = (world: World, of: (row: Effect) => string) => {
    const counts: Record<string, number> = {};
    for (const row of effects(world)) counts[of(row)] = (counts[of(row)] ?? 0) + 1;
    return counts;
  };

  it('have a batch, a mail, a text, threads with what belongs to them, an alert, a mirror and events to deliver at once', () => {
    const world = lateMorning();
    const before = new Set(
      effects(world)
        .filter((row) => row.state !== 'ready')
        .map((row) => row.key),
    );
    byPerson('deliver')(world);
    const left = effects(world).filter((row) => !before.has(row.key) && row.state === 'sent');
    expect(new Set(left.map((row) => `${row.channel} ${row.kind}`))).toEqual(
      new Set([
        ...['late', 'receipt', 'digest'].map((kind) => `sendgrid ${kind}`),
        ...['late', 'digest'].map((kind) => `mailgun ${kind}`),
        'twilio late',
        ...['thread', 'reply', 'update', 'alert', 'digest'].map((kind) => `slack ${kind}`),
        'google-sheets standing',
        'google-sheets receipt',
        'azure-logic-apps event',
      ]),
    );
    expect(count(world, (row) => row.state).cancelled).toBeGreaterThan(0);
  });
});

describe.each(JOBS)('$name', (job) => {
  it('comes to the same end wherever it is killed', () => comesToTheSameEnd(job));
});
