/** The lines that are shown as a CSV file, made in the page. */
import { useState } from 'preact/hooks';
import { Actions, Button, Trouble } from '../../kit';
import type { Params } from '../../route';
import { ask } from '../../server';
import { asTrouble, type Trouble as Fault } from '../../trouble';
import { save } from '../shared/save';
import { queryOf } from './query';

const PATIENCE_MS = 120_000;

export function Download({ params }: { readonly params: Params }) {
  const [state, setState] = useState<{ busy: boolean; says?: string; fault?: Fault }>({ busy: false });
  const run = async () => {
    setState({ busy: true });
    try {
      const { name, text } = await ask('logCsv', queryOf(params), PATIENCE_MS);
      save(name, text);
      setState({ busy: false, says: `Saved as ${name}.` });
    } catch (error) {
      setState({ busy: false, fault: asTrouble(error) });
    }
  };
  return (
    <>
      <Actions>
        <Button busy={state.busy} onClick={() => void run()}>
          Export CSV
        </Button>
      </Actions>
      <p class="quiet" role="status">
        {state.says ?? ''}
      </p>
      {state.fault ? <Trouble trouble={state.fault} again={() => void run()} /> : null}
    </>
  );
}
