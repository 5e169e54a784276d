/** Reads that the sidebar repeats, folded into one line of the executions each, so that they do not push out the rest. */
import type { ExecutionRecord } from '../../host/state';
import type { World } from '../../world';

interface Fold {
  readonly asked: string;
  readonly times: number;
}

export class Polls {
  private readonly folds = new WeakMap<ExecutionRecord, Fold>();

  /** What is known of an execution beside its record. */
  of(record: ExecutionRecord): Fold {
    return this.folds.get(record) ?? { asked: '', times: 1 };
  }

  /** Takes note of what the newest execution was asked for; a read without effect replaces an equal one just before it. */
  note(world: World, asked: string, hadEffect: boolean): void {
    const { executions } = world.state;
    const newest = executions.at(-1);
    if (newest === undefined) return;
    const former = hadEffect || !newest.ok ? -1 : this.equalBefore(executions, newest, asked);
    const times = former < 0 ? 1 : this.of(executions[former] as ExecutionRecord).times + 1;
    if (former >= 0) executions.splice(former, 1);
    this.folds.set(newest, { asked, times });
    if (!hadEffect) this.reads.add(newest);
  }

  private readonly reads = new WeakSet<ExecutionRecord>();

  /** Looks back over reads only: whatever had an effect ends a series. */
  private equalBefore(executions: readonly ExecutionRecord[], newest: ExecutionRecord, asked: string): number {
    for (let at = executions.length - 2; at >= 0; at--) {
      const record = executions[at] as ExecutionRecord;
      if (!this.reads.has(record)) return -1;
      if (
        record.ok &&
        record.handler === newest.handler &&
        record.user === newest.user &&
        this.of(record).asked === asked
      )
        return at;
    }
    return -1;
  }
}
