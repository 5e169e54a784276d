/** Each permission that Google asks consent for, in one line: what it is used for, and what it is not. */
import type { SetupView } from '../setup';

const AUTH = 'https://www.googleapis.com/auth';

/** As in the manifest, in its order; a test compares the two. */
export const SCOPES: SetupView['scopes'] = [
  { scope: `${AUTH}/spreadsheets`, why: 'Reads and writes this spreadsheet, where the whole ledger lives.' },
  { scope: `${AUTH}/gmail.send`, why: 'Sends messages from your address. It cannot read your mailbox.' },
  {
    scope: `${AUTH}/script.external_request`,
    why: 'Talks to the platforms that you connect, such as Stripe and Slack, and to nobody else.',
  },
  { scope: `${AUTH}/script.scriptapp`, why: 'Keeps the clock: every ten minutes, every hour, and after an edit.' },
  { scope: `${AUTH}/script.container.ui`, why: 'Shows the menu and this sidebar.' },
  { scope: `${AUTH}/userinfo.email`, why: 'Knows who acts, so that the Log can name them and roles hold.' },
];
