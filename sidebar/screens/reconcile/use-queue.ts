/** The queue as it is worked through: which payment is shown, what was decided just now, and how far it is. */
import { useEffect, useState } from 'preact/hooks';
import type { Queue, QueueItem } from '../../../src/api/desk/reconcile';

export interface Position {
  readonly item: QueueItem | undefined;
  /** `3 of 12`: decided ones of this sitting count. */
  readonly number: number;
  readonly total: number;
  readonly next: () => void;
  readonly previous: () => void;
  /** The payment was decided: the following one is shown at once, before the queue was read again. */
  readonly decided: (receipt: string) => void;
}

interface State {
  readonly at: number;
  /** Decided, and maybe still in the queue as it was read last. */
  readonly decided: readonly string[];
  /** The queue they are known to be missing from, or not. */
  readonly read: Queue | undefined;
}

/** What was decided and is no longer there counts as done; what came back by an undo does not. */
export function doneOf(decided: readonly string[], items: readonly QueueItem[]): readonly string[] {
  return decided.filter((key) => !items.some(({ receipt }) => receipt.key === key));
}

/** Begins at `first` where it is in the queue. */
export function usePosition(queue: Queue, first: string | undefined): Position {
  const [state, setState] = useState<State>(() => ({
    at: Math.max(
      queue.items.findIndex(({ receipt }) => receipt.key === first),
      0,
    ),
    decided: [],
    read: queue,
  }));
  const isNew = state.read !== queue;
  const left = isNew ? queue.items : queue.items.filter(({ receipt }) => !state.decided.includes(receipt.key));
  const done = isNew ? doneOf(state.decided, queue.items) : state.decided;
  useEffect(() => {
    if (isNew) setState((before) => ({ ...before, decided: doneOf(before.decided, queue.items), read: queue }));
  }, [queue]);
  const at = Math.min(state.at, Math.max(left.length - 1, 0));
  const move = (by: number) =>
    setState((before) => ({ ...before, at: left.length === 0 ? 0 : (at + by + left.length) % left.length }));
  return {
    item: left[at],
    number: done.length + at + 1,
    total: done.length + left.length,
    next: () => move(1),
    previous: () => move(-1),
    decided: (key) => setState((before) => ({ ...before, at, decided: [...before.decided, key] })),
  };
}
