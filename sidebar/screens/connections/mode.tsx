/** Whether it is meant in earnest: that real money moves, or that nothing real does, must never be in doubt. */
import type { Connection } from '../../../src/api/desk/connections';
import { Chip } from '../../kit';

type Words = Readonly<Partial<Record<'live' | 'sandbox', string>>>;

/** Only money is marked when it is real: a channel that is posted to is what everybody expects. */
const MODES: Readonly<Record<Connection['group'], Words>> = {
  'Pay in': { live: 'Live: real money', sandbox: 'Sandbox: no real money' },
  Books: { live: 'Live: real books', sandbox: 'Sandbox: no real books' },
  Messages: { sandbox: 'Test account: residents may get nothing' },
  Documents: { sandbox: 'Demo: no legal force' },
  'Sheets and flows': {},
  CRM: { sandbox: 'Sandbox: nobody works with it' },
  'Property systems': { live: 'Live: real books', sandbox: 'Sandbox: no real books' },
};

export function Mode({ connection: { mode, group, state } }: { readonly connection: Connection }) {
  const text = mode === '' || state === 'not connected' ? undefined : MODES[group][mode];
  if (!text) return null;
  return mode === 'live' ? <Chip tone="bad" icon="warn" text={text} /> : <Chip tone="info" icon="dash" text={text} />;
}
