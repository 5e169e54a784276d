/** Taking something back: what that will change, a reason, and then reversing entries. */
import { useState } from 'preact/hooks';
import { isRefusal, useAsked, useChange } from '../use';
import { Button } from './button';
import { useEscape } from './escape';
import { ReasonField } from './fields';
import { Actions } from './layout';
import { PreviewBox } from './preview';
import { Came, Refused, Shown } from './states';

const REASONS = ['Done by mistake', 'Wrong lease', 'Wrong amount', 'Agreed otherwise with the resident'];

export interface UndoProps {
  /** What the Log or the confirmation says can be undone. */
  readonly what: string;
  readonly onClose: () => void;
}

export function Undo({ what, onClose }: UndoProps) {
  const asked = useAsked('previewUndo', { what });
  const undo = useChange('undo');
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  useEscape(onClose);
  const confirm = async (version: string) => {
    if (reason.trim() === '') return setMissing(true);
    if (await undo.run({ what, reason: reason.trim(), before: { version } })) onClose();
    else asked.refresh();
  };
  return (
    <section class="panel" aria-label="Undo">
      <Shown asked={asked} rows={2}>
        {(preview) =>
          isRefusal(preview) ? (
            <>
              <Refused text={preview.refused} />
              <Actions>
                <Button onClick={onClose}>Close</Button>
              </Actions>
            </>
          ) : (
            <form
              // Its own words under the field, not the browser's bubble.
              noValidate
              onSubmit={(event) => {
                event.preventDefault();
                void confirm(preview.version);
              }}
            >
              <PreviewBox preview={preview} />
              <ReasonField
                value={reason}
                onInput={setReason}
                common={REASONS}
                error={missing && reason.trim() === '' ? 'Say why; it stays in the Log.' : undefined}
              />
              <Came of={undo} again={() => void confirm(preview.version)} />
              <Actions>
                <Button submit busy={undo.busy}>
                  Undo it
                </Button>
                <Button onClick={onClose}>Keep it</Button>
              </Actions>
            </form>
          )
        }
      </Shown>
    </section>
  );
}
