/** The page of the local host: the clock beside the workbook, the mailbox, Slack and the executions. */
import { render } from 'preact';
import type { PageState } from '../types';
import { Clock } from './clock';
import { Executions } from './executions';
import { Failed } from './load';
import { Mailbox } from './mail';
import { Nav } from './nav';
import { Outcome } from './outcome';
import { Slack } from './slack';
import { refresh, start, state, stateError, view } from './store';
import { Switches } from './switches';
import { TabPage } from './tab';
import { TipLayer } from './tip';

function Problems({ problems }: Pick<PageState, 'problems'>) {
  if (problems.length === 0) return null;
  return (
    <details class="notice bad">
      <summary>
        <span aria-hidden="true">▲</span> {problems.length} {problems.length === 1 ? 'row needs' : 'rows need'} a look;
        every other lease runs
      </summary>
      <ul class="lines">
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </details>
  );
}

function Content({ now }: { readonly now: PageState }) {
  const here = view.value;
  if (here.kind === 'mail')
    return <Mailbox revision={now.revision} {...(here.id === undefined ? {} : { id: here.id })} />;
  if (here.kind === 'slack') return <Slack revision={now.revision} />;
  if (here.kind === 'executions') return <Executions revision={now.revision} />;
  const title = here.kind === 'tab' ? here.title : '';
  const tab = now.tabs.find((each) => each.title === title) ?? now.tabs[0];
  if (tab === undefined) return <p class="empty">This workbook has no visible tab.</p>;
  return <TabPage key={tab.id} tab={tab} revision={now.revision} />;
}

function App() {
  const now = state.value;
  const lost = stateError.value;
  return (
    <>
      <button type="button" class="skip" onClick={skip}>
        Skip to the content
      </button>
      <header class="top">
        <h1>Rent Ledger</h1>
        <p class="quiet">{now === undefined ? '' : `${now.title} · ${now.book}`}</p>
      </header>
      {lost !== '' && <Failed error={lost} retry={() => void refresh()} />}
      {now === undefined && lost === '' && (
        <p class="loading" role="status">
          Loading the book…
        </p>
      )}
      {now !== undefined && (
        <div class="desk">
          <aside class="side" aria-label="Clock">
            <Clock state={now} />
            <Outcome />
          </aside>
          <div class="work">
            <Nav state={now} />
            <main id="content" tabIndex={-1}>
              <Problems problems={now.problems} />
              <Content now={now} />
            </main>
          </div>
          <aside class="side board" aria-label="Platforms">
            <Switches state={now} />
          </aside>
        </div>
      )}
      <TipLayer />
    </>
  );
}

/** The address holds the view, so this is no link. */
function skip(): void {
  document.getElementById('content')?.focus();
}

const root = document.getElementById('app');
if (root !== null) {
  root.textContent = '';
  start();
  render(<App />, root);
}
