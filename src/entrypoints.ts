/** Every global function of the script, one line each: menu, triggers, web app, and the one gateway for the sidebar. */

import * as pages from '../sidebar/resident/render';
import { endBankPage, isBankLink } from './api/bank-links';
import { cardView } from './api/card';
import { edited } from './api/edited';
import { type Given, rentAging, rentBalance, rentStatus } from './api/functions';
import { answer, answerText } from './api/gateway';
import { ANSWER, receive } from './api/inbound';
import { getPage, isResidents, type PageAnswer, postPage } from './api/resident/web';
import { endSignIn } from './api/sign-in';
import { appOf } from './app';
import { homepageCard } from './gas/card';
import { editOf, parametersOf, postOf } from './gas/events';
import { gasHost } from './gas/host';
import { cellHost } from './gas/tabs';
import {
  buildMenu,
  fileAnswer,
  outcomePage,
  showResult,
  showSidebar,
  textAnswer,
  unavailablePage,
  wholePage,
} from './gas/ui';
import { RESUME } from './jobs/later';
import { pollRun, resumeRun, tickRun } from './jobs/run';

declare const global: Record<string, unknown>;

const asPerson = () => {
  const host = gasHost();
  return appOf(host, host.session.activeUser() || 'unknown person');
};
/** A menu item: the call, and its answer as a toast. */
const fromMenu = (title: string, name: string, args: Readonly<Record<string, unknown>> = {}) => {
  const given = answer(asPerson(), name, [args]);
  showResult(title, answerText(given), given.ok);
};
const answerPage = (answer: PageAnswer) =>
  answer.kind === 'page' ? wholePage(answer.html) : fileAnswer(answer.name, answer.text);
const asJob = (name: string) => appOf(gasHost(), name);

/** Menu of the spreadsheet; touches no service, because it may run before anybody has given consent. */
global.onOpen = (e: unknown) => buildMenu(e);

/** Runs once after the add-on is installed, in the file that was open then. */
global.onInstall = (e: unknown) => buildMenu(e);

/** Card shown beside a spreadsheet where the add-on is installed. */
global.homepage = (_e: unknown) => homepageCard(cardView(asPerson()));

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

/** Menu: what needs a person today. */
global.menuSidebar = () => showSidebar('today');

/** Menu: cash, a check or a money order. */
global.menuRecord = () => showSidebar('record');

/** Menu: the platforms, their state and how each is connected. */
global.menuConnections = () => showSidebar('connections');

/** Menu: the wizard, which goes on where somebody left it. */
global.menuWizard = () => showSidebar('setup');

/** Menu: make what is missing of tabs and triggers; loses nothing. */
global.menuSetUp = () => fromMenu('Set up', 'setUp');

/** Menu: run the day now. */
global.menuDaily = () => fromMenu('Daily run', 'daily');

/** Menu: read the payment platforms now. */
global.menuPoll = () => fromMenu('Poll', 'poll');

/** Menu: send what waits in the Outbox now. */
global.menuDeliver = () => fromMenu('Sending', 'deliver');

/** Menu: check the ledger and the log. */
global.menuVerify = () => fromMenu('Verify', 'verify');

/** Menu: make Openings and State anew from the Ledger. */
global.menuRepair = () => fromMenu('Repair', 'repair');

/**
 * What a lease owes now, as on the Rent Roll. Below zero is money ahead.
 *
 * @param {string|Array<Array<string>>} lease A Lease ID, or a range of them.
 * @param {any} refresh Optional. The result is computed anew when this changes: 'Rent Roll'!F:F, say.
 * @return {number|Array<Array<number>>} The balance in the property's currency.
 * @customfunction
 */
global.RENT_BALANCE = (lease: Given, _refresh?: Given) => rentBalance(cellHost(), lease);

/**
 * Where a lease stands, in the words of the Rent Roll: paid, due today, late 6 days.
 *
 * @param {string|Array<Array<string>>} lease A Lease ID, or a range of them.
 * @param {any} refresh Optional. The result is computed anew when this changes: 'Rent Roll'!E:E, say.
 * @return {string|Array<Array<string>>} The status.
 * @customfunction
 */
global.RENT_STATUS = (lease: Given, _refresh?: Given) => rentStatus(cellHost(), lease);

/**
 * What a lease has not paid, by how long it has been due.
 *
 * @param {string|Array<Array<string>>} lease A Lease ID, or a range of them.
 * @param {string|number} bucket "0-30", "31-60", "61-90" or "90+", or a number of days.
 * @param {any} refresh Optional. The result is computed anew when this changes: 'Rent Roll'!N:Q, say.
 * @return {number|Array<Array<number>>} The unpaid amount of that age, in the property's currency.
 * @customfunction
 */
global.RENT_AGING = (lease: Given, bucket: Given, _refresh?: Given) => rentAging(cellHost(), lease, bucket);

/** The one door for the sidebar and the command line. */
global.api = (name: string, args: readonly unknown[]) => answer(asPerson(), name, Array.isArray(args) ? args : []);

/** The web address of this script opened in a browser: a resident's page, a sign-in or a linked bank that comes back, or nothing. */
global.doGet = (e: unknown) => {
  const parameters = parametersOf(e);
  if (isResidents(parameters)) return answerPage(getPage(asJob('resident page'), parameters, pages));
  if (isBankLink(parameters.state)) return outcomePage(endBankPage(asJob('bank link'), parameters.state));
  return parameters.state ? outcomePage(endSignIn(asJob('sign-in'), parameters)) : unavailablePage();
};

/** A form of a resident's page, or a webhook: a hint that something happened, never evidence of it. */
global.doPost = (e: unknown) => {
  const parameters = parametersOf(e);
  if (isResidents(parameters)) return answerPage(postPage(asJob('resident page'), parameters, pages));
  const posted = postOf(e);
  const text = posted ? receive(asJob('webhook'), posted) : ANSWER;
  return textAnswer(text);
};
