/** Entry of the service code: dresses a bare realm as Apps Script and runs one function of the app in it. */
import { connect, type Native } from './bridge';
import { Card, CardService } from './card-service';
import { installClock } from './clock';
import { ContentService, TextOutput } from './content-service';
import { type EventSpec, eventOf } from './events';
import { HtmlOutput, HtmlService } from './html-service';
import { console as appConsole, forget, Logger } from './logging';
import { Gmail, MailApp } from './mail';
import { ScriptApp, Session } from './script-app';
import { Sheets } from './sheets';
import { SpreadsheetApp } from './spreadsheet-app';
import { storeServices } from './stores';
import { UrlFetchApp } from './url-fetch-app';
import { Utilities } from './utilities';

/** What the host tells about this execution. */
export interface Facts {
  readonly seed: number;
  readonly isInDocument: boolean;
  readonly handler: string;
  readonly argsJson: string;
  /** JSON of an {@link EventSpec}, or '' when the function gets the arguments. */
  readonly eventJson: string;
  /** Whether the value goes to a page, which takes JSON-like values only. */
  readonly isForPage: boolean;
}

/** A dressed realm: `run` takes the JSON of {@link Facts}, `outcome` gives `{ kind, value }` or `{ error }` as JSON. */
export interface Dressed {
  readonly run: (factsJson: string) => void;
  readonly outcome: () => string;
}

const ABSENT = ['SharedArrayBuffer', 'Atomics'];

function install(realm: Record<string, unknown>, services: Readonly<Record<string, unknown>>): void {
  for (const name of ABSENT) delete realm[name];
  for (const [name, value] of Object.entries(services)) {
    Object.defineProperty(realm, name, { value, writable: true, configurable: true, enumerable: false });
  }
}

function errorJson(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify({ error: { name: 'Error', message: String(error), stack: '' } });
  const { name, message, stack } = error;
  return JSON.stringify({ error: { name, message, stack: stack ?? '' } });
}

const ILLEGAL = 'Failed due to illegal value in property: ';

/** The rule of google.script.run: numbers, texts, booleans, null, plain objects and arrays; nothing else. */
function requirePlain(value: unknown, path: string): void {
  if (value === null || value === undefined || ['string', 'number', 'boolean'].includes(typeof value)) return;
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      requirePlain(item, `${path}${index}`);
    });
    return;
  }
  const isPlain = typeof value === 'object' && [Object.prototype, null].includes(Object.getPrototypeOf(value));
  if (!isPlain) throw new Error(ILLEGAL + path);
  for (const [name, inner] of Object.entries(value as object)) requirePlain(inner, name);
}

function outcomeJson(value: unknown, isForPage: boolean): string {
  if (value instanceof HtmlOutput) return JSON.stringify({ kind: 'html', value: value.describe() });
  if (value instanceof TextOutput) return JSON.stringify({ kind: 'text', value: value.describe() });
  if (value instanceof Card) return JSON.stringify({ kind: 'card', value: value.describe() });
  if (isForPage) requirePlain(value, '');
  if (value === undefined || typeof value === 'function') return JSON.stringify({ kind: 'json' });
  return JSON.stringify({ kind: 'json', value });
}

/** The function's arguments: those it was called with, or the event. */
function argumentsOf(facts: Facts): readonly unknown[] {
  if (facts.eventJson === '') return JSON.parse(facts.argsJson) as unknown[];
  return [eventOf(JSON.parse(facts.eventJson) as EventSpec, SpreadsheetApp)];
}

/**
 * Dresses the realm. `load` evaluates the app's bundle in it, at the first run; `run` then calls the function. An async
 * function has settled when the host asks for the outcome, because its microtasks run before the execution ends.
 * `advanced` is the JSON of the advanced services that the manifest switches on: `Sheets`, `Gmail`.
 */
export function dress(native: Native, now: () => number, load: () => void, advanced: string): Dressed {
  connect(native);
  const realm = globalThis as unknown as Record<string, unknown>;
  const reseed = installClock(realm, now);
  const known: Record<string, unknown> = { Sheets, Gmail };
  const enabled = Object.fromEntries((JSON.parse(advanced) as string[]).map((name) => [name, known[name]]));
  install(realm, {
    ...{
      SpreadsheetApp,
      Utilities,
      UrlFetchApp,
      MailApp,
      ScriptApp,
      Session,
      HtmlService,
      ContentService,
      CardService,
    },
    ...{ Logger, console: appConsole },
    ...enabled,
  });
  let isLoaded = false;
  let settled = '';
  const begin = (facts: Facts) => {
    settled = JSON.stringify({ kind: 'json' });
    reseed(facts.seed);
    forget();
    install(realm, { ...storeServices(facts.isInDocument) });
    if (isLoaded) return;
    load();
    isLoaded = true;
  };
  const fail = (error: unknown) => {
    settled = errorJson(error);
  };
  const run = (factsJson: string) => {
    const facts = JSON.parse(factsJson) as Facts;
    const finish = (value: unknown) => {
      try {
        settled = outcomeJson(value, facts.isForPage);
      } catch (error) {
        fail(error);
      }
    };
    try {
      begin(facts);
      const handler = realm[facts.handler];
      if (typeof handler !== 'function') {
        settled = JSON.stringify({ kind: 'absent' });
        return;
      }
      const value: unknown = handler(...argumentsOf(facts));
      if (value instanceof Promise) value.then(finish, fail);
      else finish(value);
    } catch (error) {
      fail(error);
    }
  };
  return { run, outcome: () => settled };
}
