/** Entry of the service code: dresses a bare realm as Apps Script and runs one function of the app in it. */
import { connect, type Native } from './bridge';
import { Card, CardService } from './card-service';
import { installClock } from './clock';
import { ContentService, TextOutput } from './content-service';
import { type EventSpec, eventOf } from './events';
import { HtmlOutput, HtmlService } from './html-service';
import { console as appConsole, Logger } from './logging';
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
  /** Advanced services that the manifest switches on: `Sheets`, `Gmail`. */
  readonly advanced: readonly string[];
  readonly handler: string;
  readonly argsJson: string;
  /** JSON of an {@link EventSpec}, or '' when the function gets the arguments. */
  readonly eventJson: string;
  /** Whether the value goes to a page, which takes JSON-like values only. */
  readonly isForPage: boolean;
}

/** JSON of the outcome: `{ kind, value }`, or `{ error }`. */
export interface Started {
  readonly run: () => void;
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

/**
 * Dresses the realm. `load` evaluates the app's bundle in it; `run` then calls the function. An async function has
 * settled when the host asks for the outcome, because its microtasks run before the execution ends.
 */
export function start(native: Native, now: () => number, load: () => void, factsJson: string): Started {
  const facts = JSON.parse(factsJson) as Facts;
  connect(native);
  const realm = globalThis as unknown as Record<string, unknown>;
  installClock(realm, now, facts.seed);
  const advanced: Record<string, unknown> = { Sheets, Gmail };
  const enabled = Object.fromEntries(facts.advanced.map((name) => [name, advanced[name]]));
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
    ...storeServices(facts.isInDocument),
    ...enabled,
  });
  let settled = JSON.stringify({ kind: 'json' });
  const finish = (value: unknown) => {
    try {
      settled = outcomeJson(value, facts.isForPage);
    } catch (error) {
      settled = errorJson(error);
    }
  };
  const fail = (error: unknown) => {
    settled = errorJson(error);
  };
  const run = () => {
    try {
      load();
      const handler = realm[facts.handler];
      if (typeof handler !== 'function') {
        settled = JSON.stringify({ kind: 'absent' });
        return;
      }
      const args: unknown[] =
        facts.eventJson === ''
          ? (JSON.parse(facts.argsJson) as unknown[])
          : [eventOf(JSON.parse(facts.eventJson) as EventSpec, SpreadsheetApp)];
      const value: unknown = handler(...args);
      if (value instanceof Promise) value.then(finish, fail);
      else finish(value);
    } catch (error) {
      fail(error);
    }
  };
  return { run, outcome: () => settled };
}
