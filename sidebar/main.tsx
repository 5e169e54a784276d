/** The manager's sidebar: what needs a person today. */
import { signal } from '@preact/signals';
import { type ComponentChildren, render } from 'preact';
import type { Today } from '../src/api/desk/today';
import { decimal } from '../src/domain/money';
import { call, type Decided } from './server';

type Screen =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly why: string }
  | { readonly state: 'shown'; readonly today: Today };

const screen = signal<Screen>({ state: 'loading' });

async function load(): Promise<void> {
  screen.value = { state: 'loading' };
  try {
    screen.value = { state: 'shown', today: await call('today', {}) };
  } catch (error) {
    screen.value = { state: 'failed', why: error instanceof Error ? error.message : 'The script did not answer.' };
  }
}

/** A list with its count; nothing at all where there is nothing. */
function Part({ title, rows }: { title: string; rows: readonly ComponentChildren[] }) {
  if (rows.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2>
        {title} <span class="count">{rows.length}</span>
      </h2>
      <ul>
        {rows.map((row, index) => (
          <li key={index}>{row}</li>
        ))}
      </ul>
    </section>
  );
}

const Line = ({ head, tail, note }: { head: string; tail?: string; note?: string }) => (
  <>
    <span class="row">
      <b>{head}</b>
      {tail ? <span>{tail}</span> : null}
    </span>
    {note ? <span class="quiet">{note}</span> : null}
  </>
);

/** Set while a decision is on its way: a second click cannot act twice. */
const deciding = signal(false);

async function decide(act: () => Promise<Decided>): Promise<void> {
  if (deciding.value) return;
  deciding.value = true;
  try {
    const { refused } = await act();
    // Somebody else may have decided meanwhile: the list is read anew in either case.
    await load();
    if (refused) screen.value = { state: 'failed', why: refused };
  } catch (error) {
    screen.value = { state: 'failed', why: error instanceof Error ? error.message : 'The script did not answer.' };
  } finally {
    deciding.value = false;
  }
}

/** One effect that only a person can decide on. */
function Choice({ effect }: { effect: Today['needs'][number] }) {
  const { key, state, title } = effect;
  const resolve = (as: 'sent' | 'again' | 'cancelled') => () => void decide(() => call('resolve', { effect: key, as }));
  const button = (label: string, act: () => void) => (
    <button type="button" class="small" onClick={act} disabled={deciding.value} aria-label={`${label}: ${title}`}>
      {label}
    </button>
  );
  return (
    <>
      <Line head={title} note={effect.detail} />
      <span class="actions">
        {state === 'waiting for release'
          ? button('Release', () => void decide(() => call('release', { effect: key })))
          : null}
        {state === 'unsure' ? button('It arrived', resolve('sent')) : null}
        {state === 'waiting for release' ? null : button('Send again', resolve('again'))}
        {button('Drop it', resolve('cancelled'))}
      </span>
    </>
  );
}

const moneyText = ({ cents, currency }: Today['month'][number]['collected']) =>
  `${decimal(cents, currency)} ${currency}`;

function Shown({ today }: { today: Today }) {
  const of = (...kinds: readonly Today['needs'][number]['kind'][]) =>
    today.needs.filter((need) => kinds.includes(need.kind));
  const lines = (needs: Today['needs']) =>
    needs.map((need) => (
      <Line head={need.title} note={need.detail} {...(need.money ? { tail: moneyText(need.money) } : {})} />
    ));
  return (
    <>
      {today.needs.length === 0 && today.late.count === 0 ? (
        <p class="good">
          <span aria-hidden="true">✓</span> Nothing needs you today.
        </p>
      ) : null}
      <Part title="Problems in cells" rows={lines(of('problem', 'fee terms'))} />
      <Part title="Decide" rows={of('effect', 'approval').map((each) => <Choice key={each.key} effect={each} />)} />
      <Part title="Money to match" rows={lines(of('unmatched receipt'))} />
      <Part
        title="Late"
        rows={today.late.rows.map((each) => (
          <Line
            head={`${each.property} ${each.unit}`}
            tail={moneyText(each.unpaid)}
            note={`${each.residents}, ${each.standing}`}
          />
        ))}
      />
      <Part title="Tasks" rows={lines(of('integrity', 'connection', 'failed payment', 'returned payment', 'task'))} />
      <p class="quiet">
        As of {today.asOf} ({today.zone})
      </p>
    </>
  );
}

function App() {
  const { value } = screen;
  return (
    <>
      <header>
        <h1>Today</h1>
        <button type="button" onClick={() => void load()} disabled={value.state === 'loading'}>
          Refresh
        </button>
      </header>
      {value.state === 'loading' ? (
        <p class="quiet" role="status">
          Reading the ledger…
        </p>
      ) : null}
      {value.state === 'failed' ? (
        <p class="bad" role="alert">
          {value.why}
        </p>
      ) : null}
      {value.state === 'shown' ? <Shown today={value.today} /> : null}
    </>
  );
}

const root = document.getElementById('app');
if (root) {
  root.textContent = '';
  render(<App />, root);
  void load();
}
