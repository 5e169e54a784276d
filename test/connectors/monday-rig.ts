/** A board of the landlord's with our columns on it, and what it is told. */

import { type MondayState, monday as sandbox } from '../../local/vendors/monday';
import { RESIDENTS_BOARD, SANDBOX_TOKEN, TASKS_BOARD } from '../../local/vendors/monday/state';
import { mondayPeople } from '../../local/vendors/people';
import type { Account, EffectContext, FeedState } from '../../src/connectors/connector';
import type { MirrorPage, MirrorRow } from '../../src/connectors/mirror';
import { monday } from '../../src/connectors/monday';
import type { ReceiptNote, TaskNote } from '../../src/domain/status';
import { instant, key, leaseId } from '../../src/domain/values';
import type { FlowResult } from '../../src/http/client';
import { effectOf } from './drive';
import { LawBench, type Rig } from './laws';
import { noteOf, statusOf, taskOf as taskAnywhere } from './told-samples';

export const START = Date.UTC(2026, 11, 2, 15);
export const BOARD = RESIDENTS_BOARD;

/** The landlord's own columns, where they have some; the others are made. */
export const MAPPED: Account = {
  MAP_LEASE: 'text_mkrl01',
  MAP_UNIT: 'text_mkrl02',
  MAP_STANDING: 'color_mkrl03',
  MAP_BALANCE: 'numeric_mkrl04',
  MAP_LAST_PAID: 'date_mkrl06',
  MAP_EMAIL: 'email_mkrl07',
  MAP_PHONE: 'phone_mkrl08',
};

export { statusOf };

export const receiptOf = (lease: string, more: Partial<ReceiptNote> = {}): ReceiptNote =>
  noteOf('stripe:pi_1', { leaseId: leaseId(lease), ...more });

export const taskOf = (lease: string, more: Partial<TaskNote> = {}): TaskNote =>
  taskAnywhere(lease, {
    task: key(`task:rung:call:${lease}:2026-12`),
    detail: 'They owe 1250.50 & more',
    owner: 'manager@example.com',
    ...more,
  });

type Writes = Rig<MondayState>['writes'];
type Refusals = Rig<MondayState>['refusals'];

/** A row is there already where the rig says so: notes stand below one. */
export const rigWith = (
  more: Account = {},
  { writes = [], refusals = [], hasRow = false }: { writes?: Writes; refusals?: Refusals; hasRow?: boolean } = {},
): Rig<MondayState> => ({
  connector: monday,
  sandbox,
  startMs: START,
  currency: 'USD',
  start: (nowMs) => {
    const state = sandbox.start();
    const account = { MONDAY_BOARD: BOARD, MONDAY_PAYMENTS: 'notes', PLAN: 'standard', ...MAPPED, ...more };
    if (hasRow) mondayPeople.addItem(state, { board: BOARD, name: 'Ann Lee', values: { text_mkrl01: 'L-1' } }, nowMs);
    for (const [name, type] of OUR_TASK_COLUMNS) mondayPeople.addColumnAs(state, TASKS_BOARD, name, type);
    return { state, credentials: { ...account, MONDAY_TOKEN: SANDBOX_TOKEN }, account };
  },
  pay: () => {
    throw new Error('nobody pays at Monday.com');
  },
  manyPages: 0,
  spoil: () => {
    throw new Error('nobody pays at Monday.com');
  },
  writes,
  refusals,
});

/** What Make columns has made on the board of tasks. */
const OUR_TASK_COLUMNS = [
  ['rent_task', 'text'],
  ['rent_task_status', 'status'],
  ['rent_task_due', 'date'],
  ['rent_task_note', 'long_text'],
] as const;

export class MondayBench extends LawBench<MondayState> {
  place: FeedState | undefined;

  constructor(more: Account = {}) {
    super(rigWith(more));
  }

  private context(payload: object, attempt: number, at = 0): EffectContext {
    const told = JSON.parse(JSON.stringify(payload)) as EffectContext['payload'];
    const name = `${String(told.leaseId)}:${String(told.task ?? told.receipt ?? 'standing')}:${String(told.state ?? '')}`;
    return { key: key(`bench:${name}:${at}`), payload: told, now: instant(this.nowMs), account: this.account, attempt };
  }

  /** All at once, as the Outbox lets them go. A minute passes. */
  tell(effect: 'standing' | 'receipt' | 'task', ...payloads: readonly object[]): readonly unknown[] {
    this.nowMs += 60_000;
    const { batch } = effectOf(monday, effect);
    const result = this.run(batch!.run(payloads.map((payload, at) => this.context(payload, 1, at))));
    if ('fault' in result) return payloads.map(() => result.fault);
    return result.value;
  }

  /** One alone; gives its reference, or fails the test with the fault. */
  tellOk(effect: 'standing' | 'receipt' | 'task' | 'columns', payload: object = {}): string {
    const result = this.one(effect, payload);
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    return result.value;
  }

  one(effect: string, payload: object = {}, attempt = 1): FlowResult<string> {
    this.nowMs += 60_000;
    return this.run(effectOf(monday, effect).run(this.context(payload, attempt)));
  }

  /** One pull; the place in the feed goes through JSON as it does between runs. */
  pull(): MirrorPage {
    const context = { since: instant(START - 86_400_000), now: instant(this.nowMs), account: this.account };
    const result = this.run(monday.mirror!.pull!(this.place, context));
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    this.place = JSON.parse(JSON.stringify(result.value.state)) as FeedState;
    return result.value;
  }

  /** Until there is no more. */
  read(): { rows: readonly MirrorRow[]; pages: number } {
    const rows: MirrorRow[] = [];
    for (let pages = 1; ; pages++) {
      const page = this.pull();
      expect(page.faults).toEqual([]);
      rows.push(...page.rows);
      if (!page.more) return { rows, pages };
      if (pages > 100) throw new Error('the feed does not end');
    }
  }

  /** Items of the board by the lease that they bear. */
  rows(lease: string, board = BOARD) {
    const column = this.account.MAP_LEASE!;
    return this.state.items.filter((item) => item.board === board && item.values[column] === lease);
  }

  get calls(): number {
    return this.state.used.calls;
  }
}
