/** Where a hand-over stands, and what is left to do for the person who looks. */
import type { App } from '../../../run/app';
import { textOf } from '../../../sheet/cells';
import type { Loaded } from '../../../sheet/load';
import type { SetupView } from '../setup';
import { type Offer, offerOf, ownerOf } from './kept';

type View = SetupView['handOver'];

export function handOverView(app: App, loaded: Loaded | undefined): View {
  const offer = offerOf(app.host);
  const mail = app.person?.mail ?? '';
  const orphan = loaded !== undefined && ownerOf(app.host) === '' && mayTakeOrphan(app);
  if (!offer) {
    const next = orphan ? 'take' : loaded && app.person?.role === 'owner' ? 'offer' : undefined;
    return { state: 'none', to: '', todo: [], ...(next ? { next } : {}) };
  }
  return { state: offer.state, to: offer.to, ...steps(offer, mail, loaded) };
}

/** Nobody is known as the owner, so somebody whom the owner has made a manager of everything may step in. */
export const mayTakeOrphan = (app: App): boolean =>
  app.person?.role === 'manager' && app.person.properties === undefined && app.person.mail !== '';

function steps(offer: Offer, mail: string, loaded: Loaded | undefined): Pick<View, 'todo' | 'next'> {
  if (offer.state === 'offered') {
    if (mail === offer.to)
      return { next: 'take', todo: [`Take over from ${offer.from}`, ...afterTaking(loaded, NEVER_CONNECTED)] };
    const todo = [
      `See that ${offer.to} may edit this file`,
      `${offer.to} opens the sidebar, Setup, and takes over`,
      'Then open it once more yourself, and remove your clock and keys',
    ];
    return mail === offer.from ? { next: 'cancel', todo } : { todo };
  }
  if (mail === offer.from) return { next: 'leave', todo: ['Remove your clock and your keys from this ledger'] };
  return {
    todo: [
      ...afterTaking(loaded, [...NEVER_CONNECTED, 'connected']),
      `${offer.from} opens the sidebar once more, and leaves`,
    ],
  };
}

const NEVER_CONNECTED: readonly string[] = ['', 'not connected'];

/** Keys cannot be passed on: what was connected is connected anew, unless its state is among those that need nothing. */
function afterTaking(loaded: Loaded | undefined, fine: readonly string[]): readonly string[] {
  const platforms = (loaded?.connections ?? [])
    .filter((row) => !fine.includes(textOf(row.cells[1])))
    .map((row) => `Connect ${row.platform} again, with a key of your own`);
  const slack = [...(loaded?.book.properties.values() ?? [])].some((property) => property.slack);
  return [
    ...platforms,
    ...(slack ? ['Store the Slack webhook again'] : []),
    'Look at "Digest to" on the Settings tab: the summary goes there',
    'If the web app is deployed, deploy it anew in your name',
  ];
}
