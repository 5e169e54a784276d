/** One question that a person asks with a button: its answer, or why there is none. Only the last one counts. */
import { useRef, useState } from 'preact/hooks';
import type { CallName, Calls } from '../../../src/api/desk/contract';
import type { Refusal } from '../../../src/api/desk/told';
import { ask } from '../../server';
import { asTrouble, type Trouble } from '../../trouble';
import { isRefusal } from '../../use';

type Value<Name extends CallName> = Exclude<Calls[Name]['value'], Refusal>;

interface State<Name extends CallName> {
  readonly busy: boolean;
  readonly answer?: Value<Name>;
  readonly refused?: string;
  readonly trouble?: Trouble;
}

const PATIENCE_MS = 120_000;

export function useAnswer<Name extends CallName>(name: Name) {
  const [state, setState] = useState<State<Name>>({ busy: false });
  const turn = useRef(0);
  const look = async (args: Calls[Name]['args']): Promise<Value<Name> | undefined> => {
    const mine = ++turn.current;
    const put = (next: State<Name>) => mine === turn.current && setState(next);
    put({ busy: true });
    try {
      const value = await ask(name, args, PATIENCE_MS);
      if (isRefusal(value)) put({ busy: false, refused: value.refused });
      else if (put({ busy: false, answer: value as Value<Name> }) !== false) return value as Value<Name>;
    } catch (error) {
      put({ busy: false, trouble: asTrouble(error) });
    }
    return undefined;
  };
  const clear = () => {
    turn.current++;
    setState({ busy: false });
  };
  return { ...state, look, clear };
}
