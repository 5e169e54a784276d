/** Step 2: a rent roll that is there already, as a tab of this file, a CSV, or pasted; mapped, looked at, and taken. */
import { useState } from 'preact/hooks';
import { Actions, Button, Card, Details, Line, List, Note, TextField } from '../../kit';
import { FileField } from '../../kit/file-field';
import { Mapping } from './mapping';
import type { StepProps } from './steps';

export type Source = { readonly text: string } | { readonly tab: string };

export function Leases(props: StepProps) {
  const { view, onDone, leaving } = props;
  const [source, setSource] = useState<Source | undefined>();
  const [text, setText] = useState('');
  if (source) {
    return (
      <Mapping
        {...props}
        source={source}
        onClose={() => setSource(undefined)}
        onTaken={() => {
          setText('');
          setSource(undefined);
        }}
      />
    );
  }
  const hasText = text.trim() !== '';
  return (
    <>
      {view.leases > 0 ? (
        <Note>
          {view.leases === 1 ? 'One lease is' : `${view.leases} leases are`} in the ledger already. You can add more, or
          go on.
        </Note>
      ) : null}
      <Found tabs={view.foundTabs} onPick={(tab) => setSource({ tab })} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (hasText) setSource({ text });
        }}
      >
        <TextField
          label="Paste a rent roll"
          hint="With its line of column names. Exports of AppFolio, Buildium, Yardi, DoorLoop and TenantCloud are known."
          rows={4}
          value={text}
          onInput={setText}
        />
        <FileField
          label="Or take a CSV file"
          accept=".csv,.tsv,.txt,text/csv"
          onText={(read) => setSource({ text: read })}
        />
        <Actions>
          {hasText || view.leases === 0 ? (
            <Button look="primary" submit changes={false} disabled={!hasText}>
              Look at the columns
            </Button>
          ) : null}
          {view.leases > 0 && !hasText ? (
            <Button look="primary" busy={leaving} onClick={onDone}>
              Go on
            </Button>
          ) : (
            <Button busy={leaving} onClick={onDone}>
              {view.leases > 0 ? 'Go on' : 'Skip: I type them in the Leases tab'}
            </Button>
          )}
        </Actions>
      </form>
      <ToMend problems={view.problems} />
    </>
  );
}

function Found({ tabs, onPick }: { tabs: StepProps['view']['foundTabs']; onPick: (tab: string) => void }) {
  if (tabs.length === 0) return null;
  return (
    <Card title="Found in this file" count={tabs.length}>
      <List of={tabs} keyOf={({ tab }) => tab}>
        {({ tab, rows, known }) => (
          <>
            <Line
              head={tab}
              tail={
                <Button look="quiet" onClick={() => onPick(tab)} label={`Use it: ${tab}`}>
                  Use it
                </Button>
              }
              note={`${rows} ${rows === 1 ? 'row' : 'rows'}, ${known} columns known. It is only read.`}
            />
          </>
        )}
      </List>
    </Card>
  );
}

/** Cells that stop their own row only. */
export function ToMend({ problems }: { readonly problems: readonly string[] }) {
  if (problems.length === 0) return null;
  return (
    <Details summary={`Cells to mend (${problems.length})`}>
      <List of={problems} keyOf={(text, index) => `${index} ${text}`}>
        {(text) => text}
      </List>
    </Details>
  );
}
