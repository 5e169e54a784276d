/** The form of one override: its fields, the reason, what it will change, and Apply. */
import { useState } from 'preact/hooks';
import type { LeaseView } from '../../../src/api/desk/lease';
import type { Preview } from '../../../src/api/desk/override';
import { Actions, Button, Came, Note, PreviewBox, ReasonField, Refused, Skeleton, TextField, Trouble } from '../../kit';
import { back, canGoBack, type Params, place, swap } from '../../route';
import { useChange } from '../../use';
import { actOf, type Draft, faultsOf, startDraft } from './draft';
import { FormFields } from './fields';
import type { Kind } from './kinds';
import { type Previewed, usePreview } from './use-preview';

/** Back to where the person came from; the list of overrides is no place to stay once something was done. */
function leave(lease: string): void {
  back();
  if (place.value.screen !== 'override') return;
  if (canGoBack.value) back();
  else swap('lease', { lease });
}

export interface FormProps {
  readonly view: LeaseView;
  readonly kind: Kind;
  readonly params: Params;
}

export function OverrideForm({ view, kind, params }: FormProps) {
  const [draft, setDraft] = useState<Draft>(() => startDraft(view, kind, params));
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const [changed, setChanged] = useState(false);
  const apply = useChange('apply');
  const faults = faultsOf(draft, kind, view);
  const isWhole = Object.keys(faults).length === 0;
  const seen = usePreview(isWhole ? actOf(draft, kind, view, reason.trim() || 'Not said yet') : undefined);
  const { preview } = seen;
  const put = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
    apply.clear();
    setChanged(false);
  };
  const submit = async () => {
    setTried(true);
    if (!isWhole || reason.trim() === '' || !preview) return;
    if (preview.typeAmount !== undefined && typed.trim() === '') return;
    const { version } = preview;
    const done = await apply.run({
      act: actOf(draft, kind, view, reason.trim()),
      before: { version },
      ...(preview.typeAmount === undefined ? {} : { typed: typed.trim() }),
    });
    if (done) return leave(view.line.lease);
    const now = await seen.again();
    setChanged(now !== undefined && now !== version);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <h2 class="form-title">{kind.name}</h2>
      <FormFields draft={draft} kind={kind} view={view} put={put} faults={tried ? faults : {}} />
      <ReasonField
        value={reason}
        onInput={setReason}
        common={kind.reasons}
        error={tried && reason.trim() === '' ? 'Say why; it stays in the Log.' : undefined}
      />
      <Seen of={seen} isWhole={isWhole} />
      <Came of={apply} again={() => void submit()} />
      {changed ? (
        <Note tone="due">Somebody changed this lease meanwhile. What you see now is new; look, and apply again.</Note>
      ) : null}
      {preview?.typeAmount === undefined ? null : (
        <TextField
          label={`Type ${preview.typeAmount} to confirm`}
          value={typed}
          onInput={setTyped}
          inputMode="decimal"
          error={tried && typed.trim() === '' ? 'Type the amount once more.' : undefined}
          required
        />
      )}
      <Actions>
        <Button look="primary" submit busy={apply.busy} disabled={preview === undefined}>
          {wordOf(preview)}
        </Button>
        <Button onClick={() => (canGoBack.value ? back() : swap('lease', { lease: view.line.lease }))}>Cancel</Button>
      </Actions>
    </form>
  );
}

const wordOf = (preview: Preview | undefined): string => (preview?.approval ? 'Ask for approval' : 'Apply');

function Seen({ of, isWhole }: { readonly of: Previewed; readonly isWhole: boolean }) {
  if (!isWhole) return <p class="quiet">What will change is shown here once the fields are filled.</p>;
  if (of.loading) return <Skeleton rows={3} what="Looking what will change…" />;
  if (of.refused) return <Refused text={of.refused} />;
  if (of.trouble) return <Trouble trouble={of.trouble} again={() => void of.again()} />;
  return of.preview ? <PreviewBox preview={of.preview} /> : null;
}
