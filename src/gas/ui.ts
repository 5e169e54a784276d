/** What a person sees of the script itself: the menu, results in words, and the page of the bare web address. */

/**
 * Builds the menu and nothing else: under AuthMode.NONE every service but Ui throws. Google runs onOpen in that mode for an
 * installed add-on that this file has not used yet, and then the menu stands under Extensions.
 */
export function buildMenu(e: unknown): void {
  const ui = SpreadsheetApp.getUi();
  const runNow = ui
    .createMenu('Run now')
    .addItem('Run the day', 'menuDaily')
    .addItem('Read payments', 'menuPoll')
    .addItem('Send what waits', 'menuDeliver');
  const check = ui
    .createMenu('Check')
    .addItem('Verify ledger and log', 'menuVerify')
    .addItem('Repair', 'menuRepair')
    .addItem('Put back tabs and triggers', 'menuSetUp');
  const menu = isAddOn(e) ? ui.createAddonMenu() : ui.createMenu('Rent Ledger');
  menu
    .addItem('Open sidebar', 'menuSidebar')
    .addItem('Record payment', 'menuRecord')
    .addSubMenu(runNow)
    .addSubMenu(check)
    .addItem('Connect platforms', 'menuConnections')
    .addItem('Set up', 'menuWizard')
    .addToUi();
}

/** The mode is read as text: naming ScriptApp to compare it would touch a service. */
const isAddOn = (e: unknown): boolean =>
  String((e as { readonly authMode?: unknown } | undefined)?.authMode) === 'NONE';

/** Screens that a menu item leads to, by the names that the sidebar has for them. */
export type Screen = 'today' | 'record' | 'connections' | 'setup';

/**
 * The sidebar is one self-contained file; what it shows it asks for itself. Where it begins stands on its body as
 * `data-screen`: a name of ours, so there is nothing to escape.
 */
export function showSidebar(screen: Screen): void {
  const file = HtmlService.createHtmlOutputFromFile('sidebar').getContent();
  const page = HtmlService.createHtmlOutput(file.replace(/<body\b[^>]*>/, `<body data-screen="${screen}">`));
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

/** A page that was drawn whole; Apps Script reads only those meta tags that are added here. */
export function wholePage(html: string): GoogleAppsScript.HTML.HtmlOutput {
  const page = HtmlService.createHtmlOutput(html);
  page.setTitle(/<title>([^<]*)<\/title>/.exec(html)?.[1] ?? 'Rent Ledger');
  page.addMetaTag('viewport', 'width=device-width, initial-scale=1');
  return page;
}

/** A file for a spreadsheet, which the browser saves. */
export const fileAnswer = (name: string, text: string): GoogleAppsScript.Content.TextOutput =>
  ContentService.createTextOutput(text).setMimeType(ContentService.MimeType.CSV).downloadAsFile(name);

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const OUTCOME_STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f6f8fb;color:#1b2733}' +
  'main{max-width:32rem;margin:12vh auto;padding:1.5rem;background:#fff;border:1px solid #d5dde6;border-radius:8px}' +
  'h1{font-size:1.25rem;margin:0 0 .5rem}p{margin:0}.mark{font-weight:600}.good{color:#0b6b3a}.bad{color:#a4262c}';

/** The page on which a sign-in ends. */
export function outcomePage(told: {
  readonly title: string;
  readonly text: string;
  readonly good: boolean;
}): GoogleAppsScript.HTML.HtmlOutput {
  const mark = told.good ? '<p class="mark good">\u2713 Done</p>' : '<p class="mark bad">\u2717 Not done</p>';
  const body = `<main>${mark}<h1>${escaped(told.title)}</h1><p>${escaped(told.text)}</p></main>`;
  const head = `<title>${escaped(told.title)}</title><style>${OUTCOME_STYLE}</style>`;
  const page = HtmlService.createHtmlOutput(
    `<!doctype html><html lang="en"><head>${head}</head><body>${body}</body></html>`,
  );
  page.setTitle(told.title);
  page.addMetaTag('viewport', 'width=device-width, initial-scale=1');
  return page;
}
