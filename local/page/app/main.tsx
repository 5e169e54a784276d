/** The page of the local host: a spreadsheet with its add-on, and what people outside of it receive. */
import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import type { PageState } from '../types';
import { followAddress, view } from './address';
import { DialogLayer } from './dialog';
import { Executions } from './executions';
import { Failed } from './load';
import { Mailbox } from './mail';
import { isSidebarOpen, isTimeOpen, wantsSidebar } from './panels';
import { openFile, openSidebar } from './script';
import { Workbook } from './sheet/page';
import { ScriptDialog, SidebarPanel } from './sidebar';
import { Slack } from './slack';
import { actionError, refresh, result, start, state, stateError } from './store';
import { Texts } from './texts';
import { TimePanel } from './time-panel';
import { TipLayer } from './tip';
import { showTrouble, ToastLayer } from './toast';
import { Top } from './top';

function Problems({ problems }: Pick<PageState, 'problems'>) {
  if (problems.length === 0) return null;
  return (
    <details class="notice bad problems">
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
  if (here.kind === 'texts')
    return <Texts revision={now.revision} {...(here.phone === undefined ? {} : { phone: here.phone })} />;
  if (here.kind === 'slack') return <Slack revision={now.revision} />;
  if (here.kind === 'executions') return <Executions revision={now.revision} />;
  const title = here.kind === 'tab' ? here.title : '';
  const tab = now.tabs.find((each) => each.title === title) ?? now.tabs[0];
  if (tab === undefined) return <p class="empty">This workbook has no visible tab.</p>;
  return <Workbook now={now} tab={tab} />;
}

/** Where the panel with the last result is closed, a refused action must be told all the same. */
function useToldErrors(): void {
  const error = actionError.value;
  useEffect(() => {
    if (error !== '' && !isTimeOpen.value) showTrouble(error);
  }, [error]);
  const told = result.value;
  useEffect(() => {
    if (told?.ok === false && !isTimeOpen.value) showTrouble(`${told.title}: ${told.lines.join(' ')}`);
  }, [told]);
}

/** As soon as the book is known the person opens the file, and where there is room the sidebar with it. */
function useOpened(isKnown: boolean): void {
  useEffect(() => {
    if (!isKnown) return;
    const open = async () => {
      await openFile();
      if (wantsSidebar()) await openSidebar();
    };
    void open();
  }, [isKnown]);
}

function App() {
  const now = state.value;
  const lost = stateError.value;
  useOpened(now !== undefined);
  useToldErrors();
  const isSheet = view.value.kind === 'tab';
  return (
    <>
      <button type="button" class="skip" onClick={skip}>
        Skip to the content
      </button>
      <Top state={now} />
      {lost !== '' && <Failed error={lost} retry={() => void refresh()} />}
      {now?.unsaved !== undefined && (
        <p class="notice bad" role="alert">
          The book could not be saved: {now.unsaved}. Make room or give back the right to write, then edit again.
        </p>
      )}
      {now === undefined && lost === '' && (
        <p class="loading" role="status">
          Loading the book…
        </p>
      )}
      {now !== undefined && (
        <div class="desk">
          {isTimeOpen.value && <TimePanel state={now} />}
          <main id="content" tabIndex={isSheet ? -1 : 0} class={isSheet ? 'work sheet-view' : 'work'}>
            {isSheet && <Problems problems={now.problems} />}
            <Content now={now} />
          </main>
          {isSidebarOpen.value && <SidebarPanel />}
        </div>
      )}
      <ToastLayer />
      <DialogLayer />
      <ScriptDialog />
      <TipLayer />
    </>
  );
}

/** The address holds the view, so this is no link. */
function skip(): void {
  (document.getElementById('grid') ?? document.getElementById('content'))?.focus();
}

const root = document.getElementById('app');
if (root !== null) {
  root.textContent = '';
  followAddress();
  start();
  if (wantsSidebar()) isSidebarOpen.value = true;
  render(<App />, root);
}
