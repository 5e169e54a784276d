/** Step 1: this sheet for one's own leases, or the demo to look around first. */
import { Actions, Button, Came, Card, Details, List, Note } from '../../kit';
import type { StepProps } from './steps';
import { useStep } from './use-step';

export function Choose({ view, onSaid, onDone, leaving }: StepProps) {
  const use = useStep('saveFacts', onSaid);
  const begin = async () => {
    if (await use.run({ facts: { done: 'choose' } })) onDone();
  };
  return (
    <>
      {view.setUp || view.mine ? null : (
        <Note tone="due">The tabs are not made yet. Only the owner of this file can make them.</Note>
      )}
      <p>
        {view.setUp
          ? 'This sheet has its tabs. Your own tabs are never touched.'
          : 'Tabs for leases, ledger and messages are added to this sheet. Your own tabs are never touched.'}
      </p>
      <Came of={use} again={() => void begin()} />
      <Actions>
        <Button
          look="primary"
          busy={use.busy || leaving}
          changes
          onClick={() => (view.setUp ? onDone() : void begin())}
        >
          {view.setUp ? 'Go on' : 'Use this sheet'}
        </Button>
      </Actions>
      <Demo view={view} onSaid={onSaid} />
      <Details summary="What Google asks you to allow">
        <List of={view.scopes} keyOf={({ scope }) => scope}>
          {({ scope, why }) => (
            <>
              <div>{why}</div>
              <div class="quiet id">{scope.replace(/^https:\/\/www\.googleapis\.com\/auth\//, '')}</div>
            </>
          )}
        </List>
      </Details>
    </>
  );
}

/** In by one click, out by one click. */
export function Demo({ view, onSaid }: Pick<StepProps, 'view' | 'onSaid'>) {
  const demo = useStep('demoPortfolio', onSaid);
  return (
    <Card title="Demo">
      <p>
        {view.demo
          ? 'Demo House is in the sheet: a few made-up leases. Nothing can be sent to them.'
          : 'A made-up house with a few leases in every state, to look around. Nothing can be sent to them.'}
      </p>
      <Came of={demo} again={() => void demo.run({ put: !view.demo })} />
      <Button changes busy={demo.busy} onClick={() => void demo.run({ put: !view.demo })}>
        {view.demo ? 'Take the demo out' : 'Put the demo in'}
      </Button>
    </Card>
  );
}
