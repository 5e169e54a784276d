/** What a person sees of the script itself: the menu, results in words, and the page of the bare web address. */

/** Builds the menu only: under AuthMode.NONE every other service would throw. */
export function buildMenu(_e: unknown): void {
  const ui = SpreadsheetApp.getUi();
  const connect = ui
    .createMenu('Connect')
    .addItem('Connect Stripe', 'menuConnectStripe')
    .addItem('Connect Slack', 'menuConnectSlack');
  const check = ui.createMenu('Check').addItem('Verify ledger and log', 'menuVerify').addItem('Repair', 'menuRepair');
  ui.createMenu('Rent Ledger')
    .addItem('Open sidebar', 'menuSidebar')
    .addItem('Run the day now', 'menuDaily')
    .addItem('Read payments now', 'menuPoll')
    .addSubMenu(check)
    .addSubMenu(connect)
    .addItem('Set up or repair', 'menuSetUp')
    .addToUi();
}

/** Asks for one line of text; undefined when the person closed or cancelled. */
export function askFor(title: string, question: string): string | undefined {
  const ui = SpreadsheetApp.getUi();
  const reply = ui.prompt(title, question, ui.ButtonSet.OK_CANCEL);
  const text = reply.getSelectedButton() === ui.Button.OK ? reply.getResponseText().trim() : '';
  return text === '' ? undefined : text;
}

/** The sidebar is one self-contained file; what it shows it asks for itself. */
export function showSidebar(): void {
  const page = HtmlService.createHtmlOutputFromFile('sidebar');
  page.setTitle('Rent Ledger');
  SpreadsheetApp.getUi().showSidebar(page);
}

/** A toast; one that tells of trouble stays until it is closed. */
export function showResult(title: string, text: string, good: boolean): void {
  SpreadsheetApp.getActiveSpreadsheet().toast(text, title, good ? 8 : -1);
}

/** Plain text as the answer of a web request; Apps Script can set neither a status nor a header. */
export const textAnswer = (text: string): GoogleAppsScript.Content.TextOutput => ContentService.createTextOutput(text);

const PAGE = [
  '<!doctype html><html lang="en"><head><title>Rent Ledger</title></head><body><main><h1>Rent Ledger</h1>',
  '<p>There is nothing to see at this address. Please use the link in your last message, ',
  'or ask your property manager.</p></main></body></html>',
].join('');

/** The same page for everybody: it names nothing and nobody. */
export function unavailablePage(): GoogleAppsScript.HTML.HtmlOutput {
  const page = HtmlService.createHtmlOutput(PAGE);
  page.setTitle('Rent Ledger');
  page.addMetaTag('viewport', 'width=device-width, initial-scale=1');
  return page;
}
