/** Saves the wizard's answers: settings and properties in the person's name, all of them or none, each with before and after in the Log. */
import type { LogLine } from '../../../domain/book';
import { localDay } from '../../../domain/calendar';
import { logLine } from '../../../domain/wishes';
import { type App, runNow } from '../../../run/app';
import { daysMayHaveChanged } from '../../../run/hints';
import { textOf } from '../../../sheet/cells';
import type { PeopleWrite } from '../../../sheet/commit';
import { currentRows } from '../../../sheet/current-rows';
import type { Loaded } from '../../../sheet/load';
import { layoutFor } from '../../../sheet/requests';
import { SETTINGS } from '../../../sheet/schema';
import { setUp } from '../../set-up';
import { actOnce, BUSY, type Done } from '../once';
import type { FactsRefused, SetupFacts, SetupView } from '../setup';
import type { Refusal } from '../told';
import { clockIsBroken } from './clock';
import {
  currencyOfLocale,
  freshSettings,
  SETTING_FIELDS,
  SETTING_NAMES,
  type SettingRows,
  settingRow,
  settingsRefused,
} from './facts-check';
import { ownerOf, tick } from './kept';
import { factsRefused, NO_PART, type Part } from './part';
import { propertyChange } from './property-facts';
import { isSetUp, zoneOf } from './stand';
import { setupView } from './view';
import { GOOD } from './words';

export function saveFacts(
  app: App,
  { request, facts }: { readonly request: string; readonly facts: SetupFacts },
): SetupView | FactsRefused | Refusal {
  const made = madeReady(app, facts);
  if (made) return made;
  const saved = actOnce(app, request, (acting, loaded) => decided(acting, loaded, facts));
  return 'refused' in saved ? saved : setupView(app, saved.says);
}

/** Sets up what is missing, which is for the owner; a refusal where that cannot be. */
export function madeReady(app: App, facts: SetupFacts = {}): FactsRefused | Refusal | undefined {
  const shape = app.host.workbook.shape();
  if (isSetUp(app, shape) && !isHalfSetUp(app)) return undefined;
  if (app.person?.role !== 'owner') return { refused: 'The tabs are not made yet. Ask the owner to set up this file.' };
  const zone = zoneOf(shape);
  const currency = currencyOfLocale(shape.locale);
  const booksOpenOn = localDay(runNow(app).now, zone);
  const fresh = freshSettings({ booksOpenOn, zone, currency, locale: shape.locale, owner: app.person.mail });
  const wrong = settingsRefused(fresh, facts, []);
  if (Object.keys(wrong).length > 0) return factsRefused(wrong);
  const made = setUp(app, {
    zone: facts.zone?.trim() ?? zone,
    currency: facts.currency?.trim().toUpperCase() ?? currency,
    booksOpenOn: facts.booksOpenOn?.trim() ?? booksOpenOn,
  });
  return made === 'busy' ? BUSY : undefined;
}

/** A set-up that was cut off once the tabs stood: nobody is the owner yet, or their clock is not there. */
const isHalfSetUp = (app: App): boolean => ownerOf(app.host) === undefined || clockIsBroken(app);

function decided(app: App, loaded: Loaded, facts: SetupFacts): Done | Refusal {
  const settings = settingsChange(app, loaded, facts);
  if ('refused' in settings) return settings;
  const property = facts.property ? propertyChange(app, loaded, facts.property) : NO_PART;
  if ('refused' in property) return property;
  const parts = [settings, property];
  const people = parts.flatMap((part) => part.people);
  if (facts.done) tick(app.host, facts.done);
  if (people.length > 0) daysMayHaveChanged(app);
  const changed = parts.flatMap((part) => part.changed);
  const notes = parts.flatMap((part) => part.notes);
  const saved = changed.length > 0 ? `Saved: ${changed.join(', ')}.` : '';
  const done = facts.done ? GOOD.stepDone(facts.done) : '';
  const says = [saved, done, ...notes].filter((text) => text !== '').join(' ') || GOOD.same;
  return { changes: { people, log: parts.flatMap((part) => part.log) }, applied: { done: true, says, keys: [] } };
}

function settingsChange(app: App, loaded: Loaded, facts: SetupFacts): Part | FactsRefused | Refusal {
  const asked = SETTING_FIELDS.filter((field) => facts[field] !== undefined);
  if (asked.length === 0) return NO_PART;
  if (app.person?.role !== 'owner') return { refused: 'Settings of the whole file are for the owner to change.' };
  const rows = currentRows(app.host, loaded, SETTINGS);
  const settings: SettingRows = { layout: layoutFor(loaded, SETTINGS), rows };
  const wrong = settingsRefused(settings, facts, [...loaded.book.properties.keys()]);
  const booked = currencyRefused(loaded, facts);
  if (booked && !wrong.currency) wrong.currency = booked;
  if (Object.keys(wrong).length > 0) return factsRefused(wrong);
  const changes = asked.map((field) => [SETTING_NAMES[field], wordOf(field, facts[field] ?? '')] as const);
  return written(app, settings, changes);
}

const wordOf = (field: string, text: string) => (field === 'currency' ? text.trim().toUpperCase() : text.trim());

/** Rows of the Settings tab with their new values; those that stand so already are left alone. */
export function written(app: App, settings: SettingRows, values: readonly (readonly [string, string])[]): Part {
  const run = runNow(app);
  const people: PeopleWrite[] = [];
  const log: LogLine[] = [];
  for (const [name, value] of values) {
    const at = settingRow(settings, name);
    const before = textOf(settings.rows[at]?.Value);
    if (at >= 0 && before === value) continue;
    people.push(
      at >= 0
        ? { tab: SETTINGS, row: at + 2, cells: { Value: value } }
        : { tab: SETTINGS, cells: { Setting: name, Value: value } },
    );
    log.push(logLine(run, 'setting', `Settings: ${name}`, { before, after: value }));
  }
  return { people, log, changed: log.map((line) => line.what.replace('Settings: ', '')), notes: [] };
}

/** What is booked stays in its currency; another one would make it a debt of another worth. */
function currencyRefused({ book }: Loaded, facts: SetupFacts): string | undefined {
  const wanted = facts.currency?.trim().toUpperCase();
  if (wanted === undefined || wanted === book.settings.currency || book.states.size === 0) return undefined;
  return `The books are in ${book.settings.currency} already. Give a new property its own currency on the Properties tab instead.`;
}
