/** A bench with a clerk: wishes are carried out at Xero, and what came of them is looked at in the books. */
import type { XeroState } from '../../local/vendors/xero';
import { xero } from '../../src/connectors/xero';
import { instant, key } from '../../src/domain/values';
import { effectOf } from './drive';
import { LawBench } from './laws';
import { base, DAY_MS, invoiceWish } from './xero-rig';

/** Midnight of 1 December in New York. */
const DECEMBER = Date.UTC(2026, 11, 1, 5);

const rig = {
  ...base,
  manyPages: 250,
  spoil: () => undefined,
  writes: [],
  refusals: [],
};

export class Office extends LawBench<XeroState> {
  private serial = 0;

  constructor() {
    super(rig);
  }

  get books() {
    return this.state.tenants[0]!;
  }

  /** The outcome of an effect; a minute passes. */
  wish(effect: string, payload: Readonly<Record<string, unknown>>) {
    this.nowMs += 60_000;
    return this.run(
      effectOf(xero, effect).run({
        key: key(`book:${effect}:${++this.serial}`),
        payload,
        now: instant(this.nowMs),
        account: this.account,
        attempt: 1,
      }),
    );
  }

  done(effect: string, payload: Readonly<Record<string, unknown>>): string {
    const result = this.wish(effect, payload);
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    return result.value;
  }

  invoice(number = invoiceWish().number) {
    const found = this.books.invoices.find((one) => one.number === number);
    if (!found) throw new Error(`no invoice ${number}`);
    return found;
  }

  items() {
    const context = { since: instant(DECEMBER), until: instant(DECEMBER + 30 * DAY_MS), now: instant(this.nowMs) };
    const result = this.run(xero.books!.items({ ...context, account: this.account }));
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    return result.value;
  }
}
