/** How screens ask and act: the answer with its states, kept for the way back; and one change with its states. */
import { signal } from '@preact/signals';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { CallName, Calls } from '../src/api/desk/contract';
import type { Applied } from '../src/api/desk/override';
import type { Refusal } from '../src/api/desk/told';
import { online } from './line';
import { ask, type ChangeName, change, newRequest, runOf, type Settled } from './server';
import { tell } from './told';
import { asTrouble, type Trouble } from './trouble';

export interface Asked<Value> {
  readonly data?: Value;
  readonly trouble?: Trouble;
  readonly loading: boolean;
  readonly refresh: () => void;
}

/** Answers of this frame, shown at once on the way back while they are asked for anew. */
const kept = new Map<string, unknown>();
/** Rises with each change: what is shown is asked for anew. */
export const changes = signal(0);

const idOf = (name: CallName, args: unknown): string => `${name} ${JSON.stringify(args)}`;

/** What was answered before in this frame, without asking. */
export const answered = <Name extends CallName>(
  name: Name,
  args: Calls[Name]['args'],
): Calls[Name]['value'] | undefined => kept.get(idOf(name, args)) as Calls[Name]['value'] | undefined;

/** Asks when it is first shown, when the arguments change, after each change, and when the network is back. */
export function useAsked<Name extends CallName>(name: Name, args: Calls[Name]['args']): Asked<Calls[Name]['value']> {
  const id = idOf(name, args);
  const [state, setState] = useState<{ id: string; trouble?: Trouble; loading: boolean }>({ id, loading: true });
  const turn = useRef(0);
  const refresh = useCallback(() => {
    const mine = ++turn.current;
    setState((before) => ({ ...(before.id === id ? before : {}), id, loading: true }));
    ask(name, args).then(
      (value) => {
        kept.set(id, value);
        if (mine === turn.current) setState({ id, loading: false });
      },
      (error: unknown) => {
        if (mine === turn.current) setState({ id, loading: false, trouble: asTrouble(error) });
      },
    );
  }, [id]);
  useEffect(() => {
    refresh();
    return () => {
      turn.current++;
    };
  }, [refresh, changes.value, online.value]);
  const current = state.id === id ? state : { loading: true };
  return { ...current, refresh, ...(kept.has(id) ? { data: kept.get(id) as Calls[Name]['value'] } : {}) };
}

type Bare<Name extends ChangeName> = Omit<Calls[Name]['args'], 'request'>;
export type Came<Name extends ChangeName> = Exclude<Settled<Name>, Refusal>;

export interface Acting<Name extends ChangeName> {
  /** Resolves to what came of it, or to undefined where it came to nothing; then `refused` or `trouble` says why. */
  readonly run: (args: Bare<Name>) => Promise<Came<Name> | undefined>;
  readonly busy: boolean;
  readonly refused?: string;
  /** The whole refusal, where a call says more than a sentence: which field is wrong, or that it looks done already. */
  readonly refusal?: Refusal;
  readonly trouble?: Trouble;
  readonly clear: () => void;
}

/**
 * One intention: its request id is made when it is first shown and kept until it has been done. What was done is told at
 * the top of the frame, with its undo.
 */
export function useChange<Name extends ChangeName>(name: Name): Acting<Name> {
  const request = useRef('');
  if (request.current === '') request.current = newRequest();
  const [state, setState] = useState<Omit<Acting<Name>, 'run' | 'clear'>>({ busy: false });
  const run = async (args: Bare<Name>): Promise<Came<Name> | undefined> => {
    setState({ busy: true });
    try {
      const value = await change(name, { ...args, request: request.current } as Calls[Name]['args']);
      if (isRefusal(value)) {
        if (value.over) {
          request.current = newRequest();
          changes.value++;
        }
        setState({ busy: false, refused: value.refused, refusal: value });
        return undefined;
      }
      if (isApplied(value)) tell({ applied: value, run: runOf(request.current) });
      request.current = newRequest();
      setState({ busy: false });
      changes.value++;
      return value as Came<Name>;
    } catch (error) {
      setState({ busy: false, trouble: asTrouble(error) });
      return undefined;
    }
  };
  return { run, ...state, clear: () => setState({ busy: false }) };
}

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && typeof (value as { refused?: unknown }).refused === 'string';

/** True for the sentence of something done, which every change may give after a lost reply. */
export const isApplied = (value: unknown): value is Applied =>
  typeof value === 'object' && value !== null && (value as { done?: unknown }).done === true;
