/** What an act would do, asked for a moment after the last key, and never shown for another act than the one at hand. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Act, Preview } from '../../../src/api/desk/override';
import { ask } from '../../server';
import { asTrouble, type Trouble } from '../../trouble';
import { isRefusal } from '../../use';

const PAUSE_MS = 300;

interface State {
  /** The act that this is about, without its reason. */
  readonly id: string;
  readonly preview?: Preview;
  readonly refused?: string;
  readonly trouble?: Trouble;
}

export interface Previewed extends Omit<State, 'id'> {
  readonly loading: boolean;
  /** Asks again at once; resolves to the version of what is shown then. */
  readonly again: () => Promise<string | undefined>;
}

/** The reason changes nothing but words, so it starts no preview of its own. */
const idOf = (act: Act | undefined): string => (act ? JSON.stringify({ ...act, reason: '' }) : '');

export function usePreview(act: Act | undefined): Previewed {
  const id = idOf(act);
  const [state, setState] = useState<State>({ id: '' });
  const turn = useRef(0);
  const latest = useRef(act);
  latest.current = act;
  const look = async (): Promise<string | undefined> => {
    const asked = latest.current;
    const mine = ++turn.current;
    if (!asked) return undefined;
    const next = await previewOf(asked);
    if (mine === turn.current) setState(next);
    return next.preview?.version;
  };
  useEffect(() => {
    turn.current++;
    if (id === '') return undefined;
    const timer = setTimeout(() => void look(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [id]);
  const current: State = state.id === id ? state : { id };
  return { ...current, loading: id !== '' && state.id !== id, again: look };
}

async function previewOf(act: Act): Promise<State> {
  const id = idOf(act);
  try {
    const answer = await ask('preview', { act });
    return isRefusal(answer) ? { id, refused: answer.refused } : { id, preview: answer };
  } catch (error) {
    return { id, trouble: asTrouble(error) };
  }
}
