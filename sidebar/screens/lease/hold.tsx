/** The hold switch: reminders, fees and the ladder rest until a day, seen before it is done. */
import type { Signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type { LeaseView } from '../../../src/api/desk/lease';
import type { Act } from '../../../src/api/desk/override';
import { addDays } from '../../../src/domain/calendar';
import {
  Actions,
  Button,
  Came,
  DayField,
  dayText,
  PreviewBox,
  ReasonField,
  Refused,
  Shown,
  useEscape,
} from '../../kit';
import { isRefusal, useAsked, useChange } from '../../use';

const USUAL_DAYS = 14;
const REASONS = [
  'Resident asked for time',
  'Payment was promised',
  'Dispute is being looked into',
  'Plan is being made',
];
const ENDS = ['Agreed time is over', 'Promise was not kept', 'Done by mistake'];

function Apply({ act, onClose }: { readonly act: Act; readonly onClose: () => void }) {
  const asked = useAsked('preview', { act });
  const apply = useChange('apply');
  const confirm = async (version: string) => {
    if (await apply.run({ act, before: { version } })) onClose();
    else asked.refresh();
  };
  return (
    <Shown asked={asked} rows={2}>
      {(preview) =>
        isRefusal(preview) ? (
          <Refused text={preview.refused} />
        ) : (
          <>
            <PreviewBox preview={preview} />
            <Came of={apply} again={() => void confirm(preview.version)} />
            <Actions>
              <Button changes busy={apply.busy} onClick={() => void confirm(preview.version)}>
                Apply
              </Button>
              <Button look="quiet" onClick={onClose}>
                Cancel
              </Button>
            </Actions>
          </>
        )
      }
    </Shown>
  );
}

function Form({ view, onClose }: { readonly view: LeaseView; readonly onClose: () => void }) {
  const ends = view.hold !== undefined;
  const [until, setUntil] = useState<string>(addDays(view.asOf, USUAL_DAYS));
  const [reason, setReason] = useState('');
  const [act, setAct] = useState<Act | undefined>();
  useEscape(onClose);
  const missing = reason.trim() === '' || (!ends && until === '');
  const edit = (set: (text: string) => void) => (text: string) => {
    set(text);
    setAct(undefined);
  };
  const show = () => setAct({ kind: 'hold', lease: view.line.lease, until: ends ? '' : until, reason: reason.trim() });
  return (
    <section class="panel" aria-label={ends ? 'End the hold' : 'Hold reminders'}>
      {ends ? null : (
        <DayField
          label="Hold until"
          hint="Reminders, fees and the ladder rest up to and including this day."
          value={until}
          onInput={edit(setUntil)}
          required
        />
      )}
      <ReasonField value={reason} onInput={edit(setReason)} common={ends ? ENDS : REASONS} />
      {act ? (
        <Apply act={act} onClose={onClose} />
      ) : (
        <Actions>
          <Button disabled={missing} onClick={show}>
            Show what changes
          </Button>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
        </Actions>
      )}
    </section>
  );
}

export function Hold({ view, filling }: { readonly view: LeaseView; readonly filling: Signal<boolean> }) {
  const [open, setOpen] = useState(false);
  const on = view.hold !== undefined;
  useEffect(() => {
    filling.value = open;
    return () => {
      filling.value = false;
    };
  }, [open]);
  return (
    <>
      <button type="button" role="switch" class="switch" aria-checked={on} onClick={() => setOpen(!open)}>
        <span class="track" aria-hidden="true" />
        {on ? `On hold until ${dayText(view.hold ?? '')}` : 'Hold reminders'}
      </button>
      {open ? <Form view={view} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
