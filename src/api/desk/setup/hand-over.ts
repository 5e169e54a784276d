/** The hand-over to another owner: offered by one, taken by the other, and then the former one takes clock and keys away. */
import { parseAddress } from '../../../domain/addresses';
import { logLine } from '../../../domain/wishes';
import { othersSend } from '../../../outbox/flight';
import { type App, runNow } from '../../../run/app';
import { isoOf, textOf } from '../../../sheet/cells';
import type { Changes } from '../../../sheet/commit';
import { currentRows } from '../../../sheet/current-rows';
import type { Loaded } from '../../../sheet/load';
import { readPeopleList } from '../../../sheet/people-list';
import { layoutFor } from '../../../sheet/requests';
import { SETTINGS } from '../../../sheet/schema';
import { installTriggers } from '../../set-up';
import { actOnce, type Done } from '../once';
import type { HandOver, SetupView } from '../setup';
import type { Refusal } from '../told';
import { removeTriggers, setClock } from './clock';
import { written } from './facts';
import { mayTakeOrphan } from './hand-over-view';
import { keepOffer, type Offer, offerOf, ownerOf, setOwner } from './kept';
import { NO_PART, type Part } from './part';
import { setupView } from './view';
import { GOOD } from './words';

interface Step {
  /** Why the person at the keyboard may not; asked again before anything beside the workbook is done. */
  readonly refused: (app: App) => string | undefined;
  readonly decide: (app: App, loaded: Loaded) => Done | Refusal;
  /** Done once the Log has told it: a repeat of the same click ends what a kill has cut short. */
  readonly after?: (app: App) => void;
}

export function handOver(
  app: App,
  { request, step }: { readonly request: string; readonly step: HandOver },
): SetupView | Refusal {
  const chosen = stepOf(app, step);
  let decided = false;
  const done = actOnce(app, request, (acting, loaded) => {
    const why = chosen.refused(acting);
    if (why !== undefined) return { refused: why };
    decided = true;
    return chosen.decide(acting, loaded);
  });
  if ('refused' in done) return done;
  // The answer may be that of an earlier click, and whose click it was is not known: who asks now must be one who may.
  if (decided || chosen.refused(app) === undefined) chosen.after?.(app);
  return setupView(app, done.says);
}

function stepOf(app: App, step: HandOver): Step {
  const mail = app.person?.mail ?? '';
  switch (step.kind) {
    case 'offer':
      return offering(mail, step.to.trim().toLowerCase());
    case 'cancel':
      return { refused: ownerOnly, decide: cancelling };
    case 'take':
      return taking(mail, offerOf(app.host));
    case 'leave':
      return leaving(mail, offerOf(app.host));
  }
}

const ownerOnly = (app: App): string | undefined =>
  app.person?.role === 'owner' ? undefined : 'Only the owner can hand this ledger over.';

const told = (app: App, says: string, before: string, after: string, changes: Changes = {}): Done => ({
  changes: { ...changes, log: [...(changes.log ?? []), logLine(runNow(app), 'hand-over', says, { before, after })] },
  applied: { done: true, says, keys: [] },
});

// ---------------------------------------------------------------- offer

function offering(from: string, to: string): Step {
  return {
    refused: ownerOnly,
    decide: (app, loaded) => {
      const refused = offerRefused(loaded, from, to);
      if (refused) return { refused };
      keepOffer(app.host, { state: 'offered', from, to });
      return told(app, GOOD.offered(to), '', to);
    },
  };
}

function cancelling(app: App): Done | Refusal {
  const offer = offerOf(app.host);
  if (offer?.state !== 'offered') return { refused: 'There is no offer to take back.' };
  keepOffer(app.host, undefined);
  return told(app, GOOD.offerBack, offer.to, '');
}

/** The next owner must be somebody whom the ledger knows and trusts with all of it. */
function offerRefused(loaded: Loaded, from: string, to: string): string | undefined {
  const parsed = parseAddress(to);
  if ('reason' in parsed) return `"${to.slice(0, 60)}": ${parsed.reason}`;
  if (to === from) return 'You are the owner already.';
  const known = readPeopleList(loaded.settings.value('Managers')).find((each) => each.mail === to);
  if (!known) return `Write ${to} under Managers on the Settings tab first, and let them edit this file.`;
  if (known.properties) return `${to} may act on some properties only. Take the brackets off under Managers first.`;
  return undefined;
}

// ---------------------------------------------------------------- take

function taking(mail: string, offer: Offer | undefined): Step {
  return {
    refused: (app) => takeRefused(app, mail, offerOf(app.host)),
    decide: (app, loaded) => {
      const from = offer?.from ?? '';
      const connections = signInAgain(app, loaded);
      const viewers = stillSeen(app, loaded, from);
      const log = [...viewers.log, ...connectionLines(app, connections)];
      const orphan = from === '' ? ' Nobody was known as the owner, and nobody had offered it.' : '';
      const says = `${mail} is the owner now: the clock runs and mail leaves in their name.${orphan}`;
      return told(app, says, from, mail, { people: viewers.people, connections, log });
    },
    after: (app) => {
      setOwner(app.host, mail);
      installTriggers(app);
      setClock(app, true);
      keepOffer(app.host, offer ? { ...offer, state: 'taken' } : undefined);
    },
  };
}

function takeRefused(app: App, mail: string, offer: Offer | undefined): string | undefined {
  const orphan = ownerOf(app.host) === '' && mayTakeOrphan(app);
  if (!orphan && (offer?.state !== 'offered' || offer.to !== mail || mail === ''))
    return 'This ledger was not offered to you. Its owner offers it in the sidebar, under Setup.';
  const runsAs = app.host.session.effectiveUser().toLowerCase();
  if (runsAs !== mail)
    return `Google runs this as ${runsAs || 'somebody else'}, but you are ${mail}. Open the file in a window with your account only.`;
  return undefined;
}

/** The former owner can still open the sidebar, to leave: where Viewers names people, they become one of them. */
function stillSeen(app: App, loaded: Loaded, from: string): Part {
  const [viewers, managers] = ['Viewers', 'Managers'].map((name) => readPeopleList(loaded.settings.value(name)));
  const seen = [...(viewers ?? []), ...(managers ?? [])].some((each) => each.mail === from);
  if (from === '' || seen || viewers?.length === 0) return NO_PART;
  const settings = { layout: layoutFor(loaded, SETTINGS), rows: currentRows(app.host, loaded, SETTINGS) };
  return written(app, settings, [['Viewers', `${loaded.settings.value('Viewers')}, ${from}`]]);
}

type Connections = NonNullable<Changes['connections']>;

/** Keys are the account's own and cannot be passed on: each platform that was connected asks for a new one. */
function signInAgain(app: App, loaded: Loaded): Connections {
  return loaded.connections
    .filter((row) => !['', 'not connected', 'needs sign-in'].includes(textOf(row.cells[1])))
    .map(({ platform, cells }) => {
      const [name = '', , account = '', success = '', , calls = 0, cursor = ''] = cells;
      const fault = 'Its key was that of the former owner. Connect it again with one of your own.';
      return {
        platform,
        cells: [name, 'needs sign-in', account, success, fault, calls, cursor, isoOf(runNow(app).now)],
      };
    });
}

const connectionLines = (app: App, connections: Connections) =>
  connections.map(({ platform }) =>
    logLine(runNow(app), 'connection', `${platform} needs a key of the new owner`, { after: 'needs sign-in' }),
  );

// ---------------------------------------------------------------- leave

function leaving(mail: string, offer: Offer | undefined): Step {
  return {
    refused: (app) => leaveRefused(app, mail),
    decide: (app) => {
      const to = offer?.to ?? '';
      return told(app, GOOD.left(mail, to), mail, to);
    },
    after: (app) => {
      removeTriggers(app, () => true);
      for (const name of Object.keys(app.host.userStore.all())) app.host.userStore.remove(name);
      keepOffer(app.host, undefined);
    },
  };
}

function leaveRefused(app: App, mail: string): string | undefined {
  const offer = offerOf(app.host);
  if (offer?.state !== 'taken' || offer.from !== mail || mail === '')
    return 'There is nothing of a former owner here that is yours to remove.';
  return othersSend(app) ? 'A message is leaving in your name at this moment. Try again in ten minutes.' : undefined;
}
