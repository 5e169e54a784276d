/** Every global function of the script, one line each: menu, triggers, web app, and the one gateway for the sidebar. */

import { edited } from './api/edited';
import { answer } from './api/gateway';
import { ANSWER, receive } from './api/inbound';
import { appOf } from './app';
import { homepageCard } from './gas/card';
import { editOf, postOf } from './gas/events';
import { gasHost } from './gas/host';
import { buildMenu, showResult, unavailablePage } from './gas/ui';
import { pollRun, RESUME, resumeRun, tickRun } from './jobs/run';

declare const global: Record<string, unknown>;

const asPerson = () => {
  const host = gasHost();
  return appOf(host, host.session.activeUser() || 'unknown person');
};
const asJob = (name: string) => appOf(gasHost(), name);

/** Menu of the spreadsheet; touches no service, because it may run before anybody has given consent. */
global.onOpen = (e: unknown) => buildMenu(e);

/** Runs once after the add-on is installed. */
global.onInstall = (e: unknown) => buildMenu(e);

/** Card shown beside a spreadsheet. */
global.homepage = (_e: unknown) => homepageCard();

/** Every ten minutes. */
global.poll = (_e: unknown) => pollRun(asJob('poll'));

/** Every hour. */
global.tick = (_e: unknown) => tickRun(asJob('tick'));

/** One-shot: goes on where a run had to stop. */
global.resume = (_e: unknown) => {
  const app = asJob('resume');
  for (const trigger of app.host.triggers.list()) if (trigger.handler === RESUME) app.host.triggers.remove(trigger.id);
  return resumeRun(app);
};

/** A person edited a cell. */
global.edited = (e: unknown) => edited(asJob('edit'), editOf(e));

/** Menu: set up or repair. */
global.menuSetUp = () => showResult('Set up', answer(asPerson(), 'setUp', []));

/** Menu: run the day now. */
global.menuDaily = () => showResult('Daily run', answer(asPerson(), 'daily', []));

/** Menu: read the payment platforms now. */
global.menuPoll = () => showResult('Poll', answer(asPerson(), 'poll', []));

/** Menu: check the ledger and the log. */
global.menuVerify = () => showResult('Verify', answer(asPerson(), 'verify', []));

/** The one door for the sidebar and the command line. */
global.api = (name: string, args: readonly unknown[]) => answer(asPerson(), name, Array.isArray(args) ? args : []);

/** The web address of this script opened in a browser. */
global.doGet = (_e: unknown) => unavailablePage();

/** A webhook: a hint that something happened, never evidence of it. */
global.doPost = (e: unknown) => {
  const posted = postOf(e);
  const text = posted ? receive(asJob('webhook'), posted) : ANSWER;
  return ContentService.createTextOutput(text);
};
