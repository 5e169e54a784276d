/** Handing the ledger to another owner: offer, take, leave, each with what is left to do. */
import { useState } from 'preact/hooks';
import type { HandOver } from '../../../src/api/desk/setup';
import { Button, Came, Card, TextField } from '../../kit';
import type { StepProps } from './steps';
import { useStep } from './use-step';

type Next = NonNullable<StepProps['view']['handOver']['next']>;

const WORDS: Readonly<Record<Next, string>> = {
  offer: 'Offer it',
  cancel: 'Withdraw the offer',
  take: 'Take it over',
  leave: 'Remove my clock and keys',
};

export function HandOverCard({ view, onSaid }: Pick<StepProps, 'view' | 'onSaid'>) {
  const { state, to, todo, next } = view.handOver;
  const [mail, setMail] = useState('');
  const step = useStep('handOver', onSaid);
  if (state === 'none' && next === undefined) return null;
  const run = async () => {
    if (next === undefined || (next === 'offer' && mail.trim() === '')) return;
    const what: HandOver = next === 'offer' ? { kind: next, to: mail.trim() } : { kind: next };
    if (await step.run({ step: what })) setMail('');
  };
  return (
    <Card title="Hand over to another owner">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        {state === 'offered' ? <p>Offered to {to}.</p> : null}
        {state === 'taken' ? <p>{to} has taken it over.</p> : null}
        {next === 'offer' ? (
          <>
            <p>The clock runs, and mail leaves, in the owner’s name. Keys of platforms stay with you.</p>
            <TextField label="E-mail of the new owner" type="email" value={mail} onInput={setMail} />
          </>
        ) : null}
        {todo.length > 0 ? (
          <ol class="todo">
            {todo.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ol>
        ) : null}
        <Came of={step} again={() => void run()} />
        {next ? (
          <Button submit busy={step.busy} disabled={next === 'offer' && mail.trim() === ''}>
            {WORDS[next]}
          </Button>
        ) : null}
      </form>
    </Card>
  );
}
