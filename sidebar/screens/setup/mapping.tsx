/** Which of their columns is which of ours, what the rows would become, and what would be refused. */
import { useRef, useState } from 'preact/hooks';
import type { HeaderMap } from '../../../src/api/desk/setup';
import { Actions, Button, Came, Details, daysIn, Facts, List, Note, Refused, Shown } from '../../kit';
import { Remark } from '../../kit/remark';
import { isRefusal, useAsked } from '../../use';
import type { Source } from './leases';
import type { StepProps } from './steps';
import { useStep } from './use-step';

const KINDS: Partial<Readonly<Record<HeaderMap['kind'], string>>> = {
  appfolio: 'It looks like an export of AppFolio.',
  buildium: 'It looks like an export of Buildium.',
  yardi: 'It looks like an export of Yardi.',
  doorloop: 'It looks like an export of DoorLoop.',
  tenantcloud: 'It looks like an export of TenantCloud.',
  'by hand': 'It looks like a sheet made by hand.',
};

interface MappingProps extends StepProps {
  readonly source: Source;
  readonly onClose: () => void;
  readonly onTaken: () => void;
}

export function Mapping({ source, onClose, onTaken, onSaid }: MappingProps) {
  const [own, setOwn] = useState<Readonly<Record<string, string>>>({});
  const asked = useAsked('mapHeaders', { ...source, ...(Object.keys(own).length > 0 ? { mapping: own } : {}) });
  // While a changed mapping is judged anew, the table stays where it is.
  const last = useRef<HeaderMap | undefined>(undefined);
  if (asked.data && !isRefusal(asked.data)) last.current = asked.data;
  const take = useStep('importRoll', onSaid);
  const run = async () => {
    if (await take.run({ from: source, mapping: own })) onTaken();
  };
  const map = asked.data === undefined && asked.loading ? last.current : asked.data;
  return (
    <Shown asked={map === undefined ? asked : { ...asked, data: map }} rows={6}>
      {(seen) =>
        isRefusal(seen) ? (
          <>
            <Refused text={seen.refused} />
            <Button onClick={onClose}>Choose another list</Button>
          </>
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void run();
            }}
          >
            <p>{KINDS[seen.kind] ?? 'It has our own column names.'}</p>
            <Columns map={seen} onPick={(ours, theirs) => setOwn({ ...own, [ours]: theirs })} />
            <Result map={seen} />
            <Came of={take} again={() => void run()} />
            <Actions>
              <Button
                look="primary"
                submit
                busy={take.busy}
                disabled={asked.loading || seen.missing.length > 0 || seen.taken === 0}
              >
                Take {seen.taken} {seen.taken === 1 ? 'row' : 'rows'}
              </Button>
              <Button onClick={onClose}>Cancel</Button>
            </Actions>
          </form>
        )
      }
    </Shown>
  );
}

interface ColumnsProps {
  readonly map: HeaderMap;
  readonly onPick: (ours: string, theirs: string) => void;
}

function Columns({ map, onPick }: ColumnsProps) {
  const isShown = ({ header, needed }: HeaderMap['ours'][number]) => needed || (map.mapping[header] ?? '') !== '';
  const first = map.ours.filter(isShown);
  const others = map.ours.filter((each) => !isShown(each));
  return (
    <>
      <ColumnTable title="Columns" map={map} ours={first} onPick={onPick} />
      {others.length > 0 ? (
        <Details summary={`More columns (${others.length})`}>
          <ColumnTable title="More columns" map={map} ours={others} onPick={onPick} />
        </Details>
      ) : null}
    </>
  );
}

function ColumnTable({ title, map, ours, onPick }: ColumnsProps & { title: string; ours: HeaderMap['ours'] }) {
  return (
    <table class="mapping">
      <caption class="unseen">{title}</caption>
      <thead>
        <tr>
          <th scope="col">Ours</th>
          <th scope="col">Theirs</th>
        </tr>
      </thead>
      <tbody>
        {ours.map(({ header, note, needed }) => (
          <tr key={header}>
            <th scope="row" title={note}>
              {header}
              {needed ? <span class="quiet"> (needed)</span> : null}
            </th>
            <td>
              <ColumnChoice map={map} header={header} onPick={onPick} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ColumnChoice({ map, header, onPick }: ColumnsProps & { readonly header: string }) {
  const value = map.mapping[header] ?? '';
  const isMissing = map.missing.includes(header);
  // Several columns taken together are one choice of their own.
  const choices = value === '' || map.headers.includes(value) ? map.headers : [value, ...map.headers];
  return (
    <select
      aria-label={`Column for ${header}`}
      aria-invalid={isMissing ? 'true' : undefined}
      value={value}
      onChange={(event) => onPick(header, event.currentTarget.value)}
    >
      <option value="">{isMissing ? 'Choose…' : 'None'}</option>
      {choices.map((each) => (
        <option key={each} value={each}>
          {each}
        </option>
      ))}
    </select>
  );
}

function Result({ map }: { readonly map: HeaderMap }) {
  const { rows, taken, sample, refusedRows, skipped, notes, missing } = map;
  return (
    <>
      {missing.length > 0 ? <Note tone="due">Choose a column for: {missing.join(', ')}.</Note> : null}
      <p role="status">
        <b>
          {taken} of {rows} {rows === 1 ? 'row' : 'rows'} can be taken.
        </b>
        {skipped.length > 0 ? ` ${skipped.length} are no leases.` : ''}
      </p>
      {notes.map((text) => (
        <p key={text} class="quiet">
          {daysIn(text)}
        </p>
      ))}
      {refusedRows.length > 0 ? (
        <Details summary={`Rows with problems (${refusedRows.length})`} open>
          <List of={refusedRows} keyOf={({ row }) => String(row)}>
            {({ row, reasons }) => (
              <>
                Line {row}
                {reasons.map((text) => (
                  <Remark key={text} tone="bad" text={text} />
                ))}
              </>
            )}
          </List>
        </Details>
      ) : null}
      {skipped.length > 0 ? (
        <Details summary={`No leases (${skipped.length})`}>
          <List of={skipped} keyOf={({ row }) => String(row)}>
            {({ row, reason }) => `Line ${row}: ${reason}`}
          </List>
        </Details>
      ) : null}
      {sample.length > 0 ? (
        <Details summary="How the first rows read">
          <List of={sample} keyOf={(_, index) => String(index)}>
            {(row) => <Facts of={Object.entries(row).filter(([, value]) => value !== '')} />}
          </List>
        </Details>
      ) : null}
    </>
  );
}
