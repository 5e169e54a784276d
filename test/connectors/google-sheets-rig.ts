/** A spreadsheet of the accountant's that the landlord may write into, and the payloads that are mirrored into it. */

import type { GoogleSheetsState } from '../../local/vendors/google-sheets';
import { googleSheets as sandbox } from '../../local/vendors/google-sheets';
import * as people from '../../local/vendors/google-sheets/people';
import type { Account, EffectContext } from '../../src/connectors/connector';
import { googleSheets } from '../../src/connectors/google-sheets';
import { instant, key } from '../../src/domain/values';
import type { FlowResult } from '../../src/http/client';
import { ACCESS_TOKEN } from '../../src/run/tokens';
import { effectOf } from './drive';
import { LawBench, type Rig } from './laws';
import { noteOf, statusOf } from './told-samples';

export const START = Date.UTC(2026, 11, 2, 15);
export const LANDLORD = 'owner@example.com';
export const ACCOUNTANT = 'accountant@example.com';

export type Tabs = Readonly<Record<string, readonly string[]>>;

/** In no order of ours, with columns of the accountant's own between them. */
export const TABS: Tabs = {
  Residents: ['Standing', 'Note', 'lease', 'Balance', 'Days late', 'As of', 'Residents', 'Last payment', 'Last amount'],
  Payments: ['Amount', 'Receipt', 'Checked', 'State', 'Lease', 'Day', 'Pays', 'Matched'],
};

export const openedWith =
  (tabs: Tabs, more: Account = {}) =>
  (nowMs: number) => {
    const state = sandbox.start();
    const id = people.makeSpreadsheet(state, { title: 'Portfolio', owner: ACCOUNTANT, tabs }, nowMs);
    people.share(state, id, LANDLORD, 'writer');
    const account = { SHEETS_SPREADSHEET: `https://docs.google.com/spreadsheets/d/${id}/edit#gid=0`, ...more };
    return { state, credentials: { ...account, [ACCESS_TOKEN]: people.letIn(LANDLORD) }, account };
  };

export { noteOf, statusOf };

/** The only file that was made for the test; the sandbox begins with one of its own. */
export const fileOf = (state: GoogleSheetsState): string => Object.keys(state.files).at(-1) ?? '';

export const rowsOf = (state: GoogleSheetsState, tab: string): Record<string, string>[] =>
  people.records(state, fileOf(state), tab);

export const count = (state: GoogleSheetsState, tab: string, column: string, value: string): number =>
  rowsOf(state, tab).filter((row) => row[column] === value).length;

export const rigWith = (start: Rig<GoogleSheetsState>['start'], more: Partial<Rig<GoogleSheetsState>> = {}) => ({
  connector: googleSheets,
  sandbox,
  startMs: START,
  currency: 'USD',
  start,
  pay: () => '',
  manyPages: 0,
  spoil: () => undefined,
  writes: [],
  refusals: [],
  ...more,
});

type Payload = EffectContext['payload'];

/** One account, and the effects as the Outbox lets them go: several at once. */
export class MirrorBench extends LawBench<GoogleSheetsState> {
  constructor(tabs: Tabs = TABS, more: Account = {}) {
    super(rigWith(openedWith(tabs, more)));
  }

  get file(): string {
    return fileOf(this.state);
  }

  contexts(payloads: readonly object[]): EffectContext[] {
    return payloads.map((payload, at) => ({
      key: key(`mirror:${at}`),
      payload: JSON.parse(JSON.stringify(payload)) as Payload,
      now: instant(this.nowMs),
      account: this.account,
      attempt: 1,
    }));
  }

  /** Two minutes pass, and with them the quota. */
  tell(effect: 'standing' | 'receipt', ...payloads: readonly object[]): FlowResult<readonly unknown[]> {
    this.nowMs += 120_000;
    const { batch } = effectOf(googleSheets, effect);
    if (!batch) throw new Error('it goes alone');
    return this.run(batch.run(this.contexts(payloads)));
  }

  make(): FlowResult<string> {
    this.nowMs += 120_000;
    const [context] = this.contexts([{}]);
    return this.run(effectOf(googleSheets, 'headers').run(context as EffectContext));
  }

  /** What a person sees in the residents' tab, a row for each lease. */
  residents(tab = 'Residents'): Record<string, string>[] {
    return rowsOf(this.state, tab);
  }

  payments(): Record<string, string>[] {
    return rowsOf(this.state, 'Payments');
  }

  /** Methods and paths of what was sent since, without the spreadsheet. */
  asked(): string[] {
    return this.sent
      .splice(0)
      .map(({ method, url }) => `${method} ${url.replace(/^.*\/spreadsheets\/[\w-]+/, '').replace(/\?.*$/, '')}`);
  }
}

/** A result that is a fault of that kind, in such words. */
export const fault = (kind: string, message: unknown) => ({
  fault: expect.objectContaining({ fault: kind, message }),
});
