/** The frame of the wizard: where one is, what was just done, the step itself, and the way to any other. */
import type { FunctionComponent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { SetupStep, SetupView } from '../../../src/api/desk/setup';
import { Button, Came, Details, Good, Icon, List, Note } from '../../kit';
import { swap } from '../../route';
import { useChange } from '../../use';
import { Choose } from './choose';
import { Connect } from './connect';
import { Done } from './done';
import { DryRun } from './dry-run';
import { FactsStep } from './facts';
import { Leases } from './leases';
import { Messages } from './messages';
import { after, before, type Page, pageOf, type StepProps, TITLES } from './steps';

const BODIES: Readonly<Record<Page, FunctionComponent<StepProps>>> = {
  choose: Choose,
  leases: Leases,
  facts: FactsStep,
  connect: Connect,
  messages: Messages,
  'dry run': DryRun,
  done: Done,
};

export function Wizard({ view, wanted }: { readonly view: SetupView; readonly wanted: string | undefined }) {
  const page = pageOf(view, wanted);
  const [said, setSaid] = useState('');
  const tick = useChange('saveFacts');
  const go = (to: Page) => {
    tick.clear();
    setSaid('');
    swap('setup', { step: to });
  };
  const done = async () => {
    const step = page as SetupStep;
    const isDone = view.steps.some((each) => each.step === step && each.done);
    if (isDone) return go(after(page));
    const value = await tick.run({ facts: { done: step } });
    if (value) go(after(page));
  };
  const Body = BODIES[page];
  const previous = before(page);
  return (
    <>
      <Where view={view} page={page} onGo={go} />
      {said ? <Said key={said} text={said} /> : null}
      {view.zoneWarning && page === 'facts' ? <Note tone="due">{view.zoneWarning}</Note> : null}
      <Came of={tick} again={() => void done()} />
      <Body key={page} view={view} onSaid={setSaid} onDone={() => void done()} leaving={tick.busy} />
      {previous ? (
        <Button look="quiet" onClick={() => go(previous)}>
          Back to: {TITLES[previous]}
        </Button>
      ) : null}
    </>
  );
}

function Said({ text }: { readonly text: string }) {
  const place = useRef<HTMLDivElement>(null);
  // What was pressed may stand far below.
  useEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), []);
  return (
    <div ref={place}>
      <Good>
        <p role="status">{text}</p>
      </Good>
    </div>
  );
}

interface WhereProps {
  readonly view: SetupView;
  readonly page: Page;
  readonly onGo: (to: Page) => void;
}

function Where({ view, page, onGo }: WhereProps) {
  const at = view.steps.findIndex(({ step }) => step === page);
  const all = view.steps.length;
  return (
    <div class="where">
      <p class="quiet">{at < 0 ? 'All steps' : `Step ${at + 1} of ${all}`}</p>
      <h2 class="form-title">{TITLES[page]}</h2>
      <Details summary={`Show the ${all} steps`}>
        <List of={view.steps} keyOf={({ step }) => step}>
          {({ step, done, told }) => (
            <div class="step" aria-current={step === page ? 'step' : undefined}>
              <Icon name={done ? 'check' : 'dash'} />
              <div>
                <Button look="quiet" onClick={() => onGo(step)}>
                  {TITLES[step]}
                </Button>
                <div class="quiet choice-note">
                  {done ? 'Done. ' : ''}
                  {told}
                </div>
              </div>
            </div>
          )}
        </List>
      </Details>
    </div>
  );
}
