/** What the owner may ask of a connected platform: a test message, tabs to be made. What came of it is told at the top. */
import { useRef, useState } from 'preact/hooks';
import type { Connection } from '../../../src/api/desk/connections';
import { Actions, Button, Came, useFocusBack } from '../../kit';
import { useChange } from '../../use';
import { AskForm } from '../shared/ask-form';

type Act = Connection['acts'][number];

export function Acts({ connection }: { readonly connection: Connection }) {
  const { acts, title } = connection;
  if (acts.length === 0) return null;
  return (
    <section class="part-of-card" aria-label={`What ${title} can do now`}>
      {acts.map((act) => (
        <OneAct key={act.kind} act={act} connection={connection} />
      ))}
    </section>
  );
}

function OneAct({ act, connection: { id, title } }: { readonly act: Act; readonly connection: Connection }) {
  const change = useChange('platformAct');
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useFocusBack(place, open);
  const run = async (value?: string) => {
    if (await change.run({ platform: id, kind: act.kind, ...(value ? { value } : {}) })) setOpen(false);
  };
  const close = () => {
    change.clear();
    setOpen(false);
  };
  return (
    <div ref={place}>
      {open && act.asks ? (
        <AskForm
          title={act.title}
          name={`${act.title}, ${title}`}
          says={act.says}
          asks={act.asks}
          change={change}
          run={run}
          onClose={close}
        />
      ) : (
        <>
          <p class="quiet">{act.says}</p>
          <Came of={change} again={() => void run()} />
          <Actions>
            <Button
              changes={!act.asks}
              busy={change.busy}
              label={`${act.title}, ${title}`}
              onClick={() => (act.asks ? setOpen(true) : void run())}
            >
              {act.asks ? `${act.title}…` : act.title}
            </Button>
          </Actions>
        </>
      )}
    </div>
  );
}
