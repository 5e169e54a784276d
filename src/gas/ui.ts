/** What a person sees of the script itself: the menu, results in words, and the page of the bare web address. */
import type { Answer } from '../api/gateway';

/** Builds the menu only: under AuthMode.NONE every other service would throw. */
export function buildMenu(_e: unknown): void {
  SpreadsheetApp.getUi()
    .createMenu('Rent Ledger')
    .addItem('Set up or repair', 'menuSetUp')
    .addItem('Run the day now', 'menuDaily')
    .addItem('Read payments now', 'menuPoll')
    .addItem('Verify ledger and log', 'menuVerify')
    .addToUi();
}

/** A toast that stays short; details are in the Log. */
export function showResult(title: string, answer: Answer): Answer {
  const text = answer.ok ? inWords(answer.value) : answer.error;
  SpreadsheetApp.getActiveSpreadsheet().toast(text, title, answer.ok ? 8 : -1);
  return answer;
}

function inWords(value: unknown): string {
  const report = value as { trouble?: string; problems?: readonly string[]; ok?: boolean };
  if (report.trouble) return report.trouble;
  if (report.ok === true) return 'Ledger and log are whole.';
  if (report.problems && report.problems.length > 0)
    return `${report.problems.length} to look at: ${report.problems[0]}`;
  return 'Done. The Log tells what changed.';
}

/** The same page for everybody: it names nothing and nobody. */
export function unavailablePage(): GoogleAppsScript.HTML.HtmlOutput {
  const page = HtmlService.createHtmlOutput(
    '<!doctype html><html lang="en"><head><title>Rent Ledger</title></head><body><main><h1>Rent Ledger</h1><p>There is nothing to see at this address. Please use the link in your last message, or ask your property manager.</p></main></body></html>',
  );
  page.setTitle('Rent Ledger');
  page.addMetaTag('viewport', 'width=device-width, initial-scale=1');
  return page;
}
