/** Which part of the host answers which service. */

import { moved, placeOf } from './cursor';
import { GoogleError } from './errors';
import type { Execution } from './execution';
import { serveGmail, serveMailApp } from './mail-app';
import { serveCache, serveLock, serveProperties } from './stores';
import { serveScriptApp } from './triggers';
import { serveUi } from './ui';
import { serveUrlFetch } from './url-fetch';
import { serveUtilities } from './utilities';
import { handleSheetsCall } from './workbook/bridge-sheets';

type Service = (execution: Execution, method: string, args: readonly unknown[], bytes: number) => unknown;

function serveSession(execution: Execution, method: string): string {
  const { options, machine } = execution;
  if (method === 'getActiveUser') return options.activeUser;
  if (method === 'getEffectiveUser') return options.mode === 'full' ? options.user : '';
  if (method === 'getScriptTimeZone') return machine.bundle.manifest.timeZone;
  if (method === 'getActiveUserLocale') return 'en';
  throw new GoogleError(`Session.${method} is not offered by the local host.`);
}

function servePage(execution: Execution, method: string, args: readonly unknown[]): string {
  if (method !== 'getFile') throw new GoogleError(`HtmlService.${method} is not offered by the local host.`);
  const name = String(args[0]).replace(/\.html$/, '');
  const page = execution.machine.bundle.pages.get(name);
  if (page === undefined) throw new GoogleError(`No HTML file named ${name} was found.`);
  return page;
}

function serveConsole(execution: Execution, method: string, args: readonly unknown[]): void {
  execution.note(method === 'log' || method === 'info' ? String(args[0]) : `${method.toUpperCase()} ${args[0]}`);
}

const SERVICES: Readonly<Record<string, Service>> = {
  Utilities: serveUtilities,
  PropertiesService: serveProperties,
  CacheService: serveCache,
  LockService: serveLock,
  UrlFetchApp: serveUrlFetch,
  MailApp: serveMailApp,
  Gmail: serveGmail,
  ScriptApp: serveScriptApp,
  Session: serveSession,
  HtmlService: servePage,
  console: serveConsole,
  Ui: serveUi,
  Sheets: (execution, method, args, bytes) =>
    handleSheetsCall(execution.machine.workbook, 'Sheets', method, args, bytes),
  SpreadsheetApp: (execution, method, args) => {
    const { workbook } = execution.machine;
    workbook.active = placeOf(execution);
    const value = handleSheetsCall(workbook, 'SpreadsheetApp', method, args);
    if (method.endsWith('.activate')) moved(execution, workbook.active);
    return value;
  },
};

/** Does what a service call asks for; `bytes` is the length of the arguments' JSON. Throws Google's errors. */
export function serve(
  execution: Execution,
  service: string,
  method: string,
  args: readonly unknown[],
  bytes: number,
): unknown {
  const answer = SERVICES[service];
  if (answer === undefined) throw new GoogleError(`${service} is not offered by the local host.`);
  return answer(execution, method, args, bytes);
}
