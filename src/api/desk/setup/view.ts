/** What the wizard shows: derived from the workbook wherever it can be, so that nothing is asked twice. */
import { isZone, localDay, localTime } from '../../../domain/calendar';
import { codesOnFile } from '../../../domain/law';
import { TEMPLATE_KEYS } from '../../../domain/templates';
import { type Problem, problemText } from '../../../domain/values';
import { type App, runNow } from '../../../run/app';
import { sealOf } from '../../../run/page-links';
import { maySee, type Person } from '../../../run/person';
import { textOf } from '../../../sheet/cells';
import type { Loaded } from '../../../sheet/load';
import { LADDER, LEASES, LINKS, PROPERTIES, SETTINGS, TEMPLATES, TERMS } from '../../../sheet/schema';
import type { SetupStep, SetupView } from '../setup';
import { clockRuns } from './clock';
import { hasDemo } from './demo-rows';
import { currencyOfLocale } from './facts-check';
import { foundTabs } from './found';
import { handOverView } from './hand-over-view';
import { keptOf, ownerOf } from './kept';
import { isComplete, setupProperties } from './properties';
import { SCOPES } from './scopes';
import { type Stand, standOf, zoneOf } from './stand';
import { type Facts, STEPS, stepTold } from './words';

/** The whole of it; `says` is good news of the step before. */
export function setupView(app: App, says?: string): SetupView {
  const stand = standOf(app);
  const { shape, loaded } = stand;
  const kept = keptOf(app.host);
  const facts = stepFacts(app, stand, new Set(kept.done));
  const steps = STEPS.map((step) => ({ step, done: isDone(step, facts), told: stepTold(step, facts) }));
  const warning = loaded && zoneWarning(app, loaded, shape.timeZone);
  return {
    setUp: loaded !== undefined,
    owner: ownerOf(app.host) ?? '',
    mine: app.person?.role === 'owner',
    step: steps.find((each) => !each.done)?.step ?? 'done',
    steps,
    leases: facts.leases,
    problems: loaded ? seenProblems(app.person, loaded) : [],
    // A tab of somebody's own may hold residents of any property.
    foundTabs: app.person?.properties ? [] : foundTabs(app.host, shape),
    demo: loaded !== undefined && hasDemo(loaded),
    facts: loaded ? factsOf(loaded) : freshFacts(app, stand),
    ...(warning ? { zoneWarning: warning } : {}),
    properties: loaded ? setupProperties(app, loaded) : [],
    jurisdictions: codesOnFile(),
    templates: templatesOf(loaded),
    reminders: facts.reminders,
    schedule: loaded !== undefined && clockRuns(app),
    scopes: SCOPES,
    pageLinks: app.person?.role === 'owner' && sealOf(app) !== undefined,
    handOver: handOverView(app, loaded),
    ...(says ? { says } : {}),
  };
}

function stepFacts(app: App, { loaded }: Stand, ticked: ReadonlySet<SetupStep>): Facts {
  if (!loaded)
    return {
      setUp: false,
      leases: 0,
      problems: 0,
      properties: 0,
      complete: 0,
      connected: [],
      reminders: false,
      ticked: new Set(),
    };
  const { book, connections } = loaded;
  const properties = [...book.properties.values()].filter((each) => maySee(app.person, each.name));
  return {
    // Without an owner a set-up was cut off: the first step makes it whole.
    setUp: ownerOf(app.host) !== undefined,
    leases: book.leases.filter((lease) => maySee(app.person, lease.property)).length,
    problems: seenProblems(app.person, loaded).filter((text) => text.startsWith(LEASES.title)).length,
    properties: properties.length,
    complete: properties.filter(isComplete).length,
    connected: connections.filter((each) => textOf(each.cells[1]) === 'connected').map((each) => each.platform),
    reminders: book.settings.reminders,
    ticked,
  };
}

/** What the workbook shows is done is done; the rest a person has called done. A ledger that writes to residents is past its trial. */
function isDone(step: SetupStep, facts: Facts): boolean {
  if (facts.ticked.has(step)) return true;
  switch (step) {
    case 'choose':
      return facts.setUp;
    case 'leases':
      return facts.leases > 0;
    case 'facts':
      return facts.properties > 0 && facts.complete === facts.properties;
    case 'connect':
      return facts.connected.length > 0;
    case 'messages':
    case 'dry run':
      return facts.reminders;
  }
}

/** Problems of rows that the person may see; a row that cannot be read belongs to nobody that they know. */
export function seenProblems(person: Person | undefined, { book }: Loaded): readonly string[] {
  if (person?.properties === undefined) return book.problems.map(problemText);
  const leases = new Set(book.leases.filter((lease) => maySee(person, lease.property)).map((lease) => lease.row));
  const properties = [...book.properties.values()].filter((each) => maySee(person, each.name));
  const rows = new Set(properties.map((property) => property.row));
  const seen = ({ tab, row }: Problem): boolean => {
    if (tab === LEASES.title) return row !== undefined && leases.has(row);
    if (tab === PROPERTIES.title) return row !== undefined && rows.has(row);
    if (tab === TERMS.title || tab === LINKS.title) return false;
    return tab === SETTINGS.title || tab === LADDER.title || tab === TEMPLATES.title;
  };
  return book.problems.filter(seen).map(problemText);
}

const hour = (of: number) => `${String(of).padStart(2, '0')}:00`;

function factsOf({ book, settings }: Loaded): SetupView['facts'] {
  const { quietFromHour: from, quietUntilHour: until, booksOpenOn } = book.settings;
  return {
    zone: book.settings.zone,
    currency: book.settings.currency,
    booksOpenOn: booksOpenOn === '9999-12-31' ? '' : booksOpenOn,
    senderName: book.settings.senderName,
    digestTo: book.settings.digestTo,
    managers: settings.value('Managers'),
    viewers: settings.value('Viewers'),
    approvalLimit: settings.value('Approval limit'),
    quietHours: from === until ? 'none' : `${hour(from)}-${hour(until)}`,
  };
}

/** What Set up would write. */
function freshFacts(app: App, { shape }: Stand): SetupView['facts'] {
  const zone = zoneOf(shape);
  return {
    zone,
    currency: currencyOfLocale(shape.locale),
    booksOpenOn: localDay(runNow(app).now, zone),
    senderName: '',
    digestTo: app.person?.mail ?? '',
    managers: '',
    viewers: '',
    approvalLimit: '',
    quietHours: '21:00-08:00',
  };
}

function templatesOf(loaded: Loaded | undefined): SetupView['templates'] {
  const languages = new Map<string, Set<string>>(TEMPLATE_KEYS.map((key) => [key, new Set(['en'])]));
  for (const { key, language, body } of loaded?.book.templates ?? []) {
    if (body.trim() === '') continue;
    const known = languages.get(key) ?? new Set();
    languages.set(key, known.add(language));
  }
  return [...languages].map(([template, of]) => ({ template, languages: [...of] }));
}

/** Two clocks matter when some hour of the coming year they do not agree; names alone do not. */
function zoneWarning(app: App, { book }: Loaded, sheetZone: string): string | undefined {
  const { zone } = book.settings;
  if (!isZone(sheetZone) || sheetZone === zone) return undefined;
  const from = runNow(app).now;
  const clock = (days: number, of: typeof zone) => {
    const at = localTime((from + days * 86_400_000) as typeof from, of);
    return `${at.day} ${at.hour}:${at.minute}`;
  };
  const differs = Array.from({ length: 53 }, (_, week) => week * 7).some(
    (days) => clock(days, zone) !== clock(days, sheetZone),
  );
  if (!differs) return undefined;
  return (
    `The spreadsheet's clock is ${sheetZone}, and the Settings tab says ${zone}. Rents fall due by ${zone}, but TODAY() ` +
    'and the times in cells follow the spreadsheet. Make them one: File, Settings, or Time zone on the Settings tab.'
  );
}
