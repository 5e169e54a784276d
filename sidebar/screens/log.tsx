/** The Log: who did what and when, filtered, with before and after, the way back, and the verdict on its chain. */
import { useEffect, useState } from 'preact/hooks';
import type { LogPage } from '../../src/api/desk/log';
import { Button, Chip, dayText, Empty, List, Note, Shown, TextField, Trouble } from '../kit';
import { type Params, swap } from '../route';
import { ask } from '../server';
import { asTrouble, type Trouble as Fault } from '../trouble';
import { useAsked } from '../use';
import { CheckPacket } from './log/check-packet';
import { Download } from './log/download';
import { Filters, Range } from './log/filters';
import { queryOf, without } from './log/query';
import { Row } from './log/row';

const TYPING_MS = 400;

function Verified({ verified }: Pick<LogPage, 'verified'>) {
  if (!verified) return null;
  if (verified.ok) {
    return (
      <p class="small">
        <Chip tone="good" icon="check" text="Whole" /> Ledger and Log, checked {dayText(verified.at)}
      </p>
    );
  }
  return (
    <Note tone="due">
      <b>Not whole, checked {dayText(verified.at)}.</b>
      {verified.problems.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </Note>
  );
}

/** Words to look for, asked for after a pause in typing. */
function Search({ params }: { readonly params: Params }) {
  const [text, setText] = useState(params.text ?? '');
  useEffect(() => setText(params.text ?? ''), [params.text]);
  useEffect(() => {
    if (text === (params.text ?? '')) return undefined;
    const timer = setTimeout(() => swap('log', text === '' ? without(params, 'text') : { ...params, text }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return <TextField label="Search" type="search" value={text} onInput={setText} />;
}

interface More {
  readonly pages: readonly LogPage[];
  readonly busy: boolean;
  readonly fault?: Fault;
}

function Lines({ first, params }: { readonly first: LogPage; readonly params: Params }) {
  const [more, setMore] = useState<More>({ pages: [], busy: false });
  useEffect(() => setMore({ pages: [], busy: false }), [first]);
  const all = [first, ...more.pages];
  const rows = all.flatMap((page) => page.rows);
  const before = all[all.length - 1]?.next;
  const older = () => {
    if (before === undefined || more.busy) return;
    setMore({ pages: more.pages, busy: true });
    ask('log', { ...queryOf(params), before }).then(
      (page) => setMore({ pages: [...more.pages, page], busy: false }),
      (error: unknown) => setMore({ pages: more.pages, busy: false, fault: asTrouble(error) }),
    );
  };
  if (rows.length === 0) {
    return (
      <Empty text="No line fits.">
        {Object.keys(params).length > 0 ? <Button onClick={() => swap('log')}>Show all lines</Button> : null}
      </Empty>
    );
  }
  return (
    <>
      <p class="quiet small" role="status">
        {rows.length} of {first.total} lines, newest first. Clock: {first.zone}.
      </p>
      <List of={rows} keyOf={(row) => String(row.number)}>
        {(row) => <Row row={row} params={params} />}
      </List>
      {more.fault ? <Trouble trouble={more.fault} again={older} /> : null}
      {before === undefined ? null : (
        <Button busy={more.busy} onClick={older}>
          Show older lines
        </Button>
      )}
    </>
  );
}

export function Log({ params }: { readonly params: Params }) {
  const asked = useAsked('log', queryOf(params));
  const people = asked.data?.people ?? [];
  return (
    <>
      <Filters params={params} />
      <Search params={params} />
      <Range params={params} people={people} />
      <Shown asked={asked}>
        {(page) => (
          <>
            <Verified {...(page.verified ? { verified: page.verified } : {})} />
            <Lines first={page} params={params} />
            <Download params={params} />
            <CheckPacket />
          </>
        )}
      </Shown>
    </>
  );
}
