/** The pages of a resident, as whoever answers a request calls for them: views in, whole HTML documents out. */
import type { Outcome } from './act';
import type { ReceiptView, StatementView, YearView } from './papers';
import type { PageLanguage, ResidentView } from './view';

/** Where the forms and links of a page go, and what they carry. */
export interface PageAddress {
  /** The web address of the script, https, without parameters. */
  readonly url: string;
  /** The token of the link; '' on a page that was shown without one. */
  readonly page: string;
  /** Unguessable and new for each page that is shown; each form's `request` is this, a hyphen and the form's own name. */
  readonly request: string;
  /** The language that the reader has chosen on the page; left out where nobody chose. */
  readonly lang?: PageLanguage;
}

/** Parameters of an address, beside `page` and `lang`: what of the lease is asked for; left out for the account itself. */
export type Shown =
  | { readonly show: 'statement' | 'csv'; readonly from: string; readonly until: string }
  | { readonly show: 'year'; readonly year: string }
  | { readonly show: 'receipt'; readonly receipt: string };

export interface ResidentPages {
  readonly accountPage: (view: ResidentView, at: PageAddress) => string;
  readonly statementPage: (view: StatementView, at: PageAddress) => string;
  readonly yearPage: (view: YearView, at: PageAddress) => string;
  readonly receiptPage: (view: ReceiptView, at: PageAddress) => string;
  /** What an act came to, with the way on or back; days in the forms of `tag`, the language's own where it is left out. */
  readonly outcomePage: (outcome: Outcome, language: PageLanguage, at: PageAddress, tag?: string) => string;
  /** The one answer to unknown, expired and revoked links; its form posts the act `newLink` with the field `address`. */
  readonly neutralPage: (language: PageLanguage, at: PageAddress) => string;
  /** Too many requests, or figures that cannot be read just now. */
  readonly downPage: (why: 'busy' | 'down', language: PageLanguage, at: PageAddress) => string;
  /** A file for spreadsheets: UTF-8 with byte order mark, no cell that a spreadsheet would compute. */
  readonly statementCsv: (view: StatementView) => { readonly name: string; readonly text: string };
}
