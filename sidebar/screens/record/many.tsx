/** A list of payments: pasted or from a CSV file, judged row by row, and recorded at once. */
import { useRef, useState } from 'preact/hooks';
import type { RecordMany as Read } from '../../../src/api/desk/acts';
import { Actions, Button, Came, Details, Refused, Skeleton, TextField, Trouble } from '../../kit';
import { FileField } from '../../kit/file-field';
import { ask } from '../../server';
import { asTrouble, type Trouble as Fault } from '../../trouble';
import { isRefusal, useChange } from '../../use';
import { ReadList } from './list';

const SAMPLE = 'Unit\tAmount\tMethod\tReference\tDate\n4B\t950.00\tcheck\t1182\t2026-12-01';

interface State {
  readonly reading: boolean;
  readonly read?: Read;
  readonly refused?: string;
  readonly trouble?: Fault;
}

/** The list as the script reads it; each text is asked for when the person says so. */
function useRead(): State & { readonly look: (text: string) => Promise<void>; readonly clear: () => void } {
  const [state, setState] = useState<State>({ reading: false });
  // An answer for a text that was edited meanwhile says nothing about the one that stands there now.
  const turn = useRef(0);
  const look = async (text: string) => {
    const mine = ++turn.current;
    const put = (next: State) => mine === turn.current && setState(next);
    put({ reading: true });
    try {
      const read = await ask('previewMany', { text });
      put(isRefusal(read) ? { reading: false, refused: read.refused } : { reading: false, read });
    } catch (error) {
      put({ reading: false, trouble: asTrouble(error) });
    }
  };
  const clear = () => {
    turn.current++;
    setState({ reading: false });
  };
  return { ...state, look, clear };
}

export function RecordMany() {
  const [text, setText] = useState('');
  const list = useRead();
  const record = useChange('recordMany');
  const edit = (next: string) => {
    setText(next);
    record.clear();
    list.clear();
  };
  const submit = async (read: Read) => {
    if (await record.run({ text, digest: read.digest })) edit('');
    // Somebody changed the book meanwhile: what would be recorded now is shown before it is asked for again.
    else await list.look(text);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void (list.read && list.read.good > 0 ? submit(list.read) : list.look(text));
      }}
    >
      <TextField
        label="Paste the list"
        hint="One payment a line, columns as in a spreadsheet or a CSV. Nothing is recorded before you have seen it."
        rows={list.read ? 3 : 7}
        value={text}
        onInput={edit}
      />
      <FileField label="Or take a CSV file" accept=".csv,.tsv,.txt,text/csv" onText={edit} />
      <Details summary="Which columns?">
        <p>
          Amount, and what tells the lease: its id, property and unit, or the resident. Method, reference, date and note
          if there are any. A first line with names is understood in any order.
        </p>
        <pre class="sample">{SAMPLE}</pre>
      </Details>
      {list.reading ? <Skeleton rows={3} what="Reading the list…" /> : null}
      {list.refused ? <Refused text={list.refused} /> : null}
      {list.trouble ? <Trouble trouble={list.trouble} again={() => void list.look(text)} /> : null}
      {list.read ? <ReadList read={list.read} /> : null}
      <Came of={record} again={() => list.read && void submit(list.read)} />
      <ManyActions text={text} reading={list.reading} read={list.read} busy={record.busy} onClear={() => edit('')} />
    </form>
  );
}

function ManyActions(props: {
  readonly text: string;
  readonly reading: boolean;
  readonly read: Read | undefined;
  readonly busy: boolean;
  readonly onClear: () => void;
}) {
  const { text, reading, read, busy } = props;
  const good = read?.good ?? 0;
  return (
    <Actions>
      {good > 0 ? (
        <Button look="primary" submit busy={busy}>
          Record {good === 1 ? '1 payment' : `${good} payments`}
        </Button>
      ) : (
        <Button look="primary" submit changes={false} disabled={text.trim() === '' || reading}>
          Check the list
        </Button>
      )}
      {text === '' ? null : <Button onClick={props.onClear}>Start again</Button>}
    </Actions>
  );
}
