/** What happened in a world between two moments, counted from its tabs, its mailbox and its executions. */
import type { RunResult } from '../host/state';
import type { SlackState } from '../vendors/slack';
import type { World } from '../world';
import { callApi, failureText } from './api';
import { rowCount, rowsOf } from './tabs';

interface Mark {
  readonly ledger: number;
  readonly tasks: number;
  readonly mails: number;
  readonly chats: number;
}

export interface Happened {
  readonly charges: number;
  readonly fees: number;
  readonly receipts: number;
  readonly reversals: number;
  readonly messages: number;
  readonly chats: number;
  readonly tasks: number;
  readonly executions: number;
  /** What stands in the Problem column now, and what executions failed with; each text once. */
  readonly problems: readonly string[];
}

const FEES = new Set(['late fee', 'returned payment fee']);

const chatsOf = (world: World): number => world.vendorState<SlackState>('slack').messages.length;

function markOf(world: World): Mark {
  return {
    ledger: rowCount(world, 'Ledger'),
    tasks: rowCount(world, 'Tasks'),
    mails: world.mailbox.length,
    chats: chatsOf(world),
  };
}

interface Need {
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
}

/** Everything that the add-on says needs mending, or why it cannot say. */
export function problemsNow(world: World): readonly string[] {
  // Asked of a copy: a look must not move the clock or count as an execution.
  const result = callApi(world.clone(), 'today');
  if (!result.ok) return [result.error];
  const { needs } = result.value as { readonly needs: readonly Need[] };
  return needs.filter((need) => need.kind === 'problem').map((need) => `${need.title} ${need.detail}`);
}

/** Counts from its making on. */
export class Tally {
  private readonly start: Mark;
  private executions = 0;
  private readonly failures = new Set<string>();

  constructor(private readonly world: World) {
    this.start = markOf(world);
  }

  /** Takes note of one execution. */
  ran(handler: string, result: RunResult): void {
    this.executions += 1;
    if (!result.ok) this.failures.add(`${handler}: ${failureText(result)}`);
  }

  happened(): Happened {
    const { world, start } = this;
    const now = markOf(world);
    const kinds = { charges: 0, fees: 0, receipts: 0, reversals: 0 };
    for (const row of rowsOf(world, 'Ledger', start.ledger)) {
      if (row.Kind === 'charge') kinds[FEES.has(row.Type ?? '') ? 'fees' : 'charges'] += 1;
      else if (row.Kind === 'receipt') kinds.receipts += 1;
      else if (row.Kind === 'reversal') kinds.reversals += 1;
    }
    return {
      ...kinds,
      messages: now.mails - start.mails,
      chats: now.chats - start.chats,
      tasks: now.tasks - start.tasks,
      executions: this.executions,
      problems: [...problemsNow(world), ...this.failures],
    };
  }
}
