/** The head of the page: the book, where one can look, who sits at the keyboard, and the clock. */
import type { ComponentChildren } from 'preact';
import type { PageState } from '../types';
import { addressOf, lastTab, type View, view } from './address';
import { closePanel, isSidebarOpen, isTimeOpen, openPanel, type Panel, uncover } from './panels';
import { openSidebar, reopen, sidebarShown } from './script';
import { advance, busy, chooseUser, progress, user } from './store';

interface LinkProps {
  readonly to: View;
  readonly label: string;
  readonly count?: number;
}

function ViewLink({ to, label, count }: LinkProps) {
  const isHere = view.value.kind === to.kind;
  return (
    <li>
      <a href={addressOf(to)} aria-current={isHere ? 'page' : undefined} onClick={uncover}>
        {label}
        {count !== undefined && <span class="count">{count.toLocaleString('en')}</span>}
      </a>
    </li>
  );
}

function Views({ state }: { readonly state: PageState }) {
  return (
    <nav aria-label="Views" class="views">
      <ul>
        <ViewLink to={{ kind: 'tab', title: lastTab.value }} label="Sheet" />
        <ViewLink to={{ kind: 'mail' }} label="Mailbox" count={state.mails} />
        <ViewLink to={{ kind: 'texts' }} label="Texts" count={state.texts} />
        <ViewLink to={{ kind: 'slack' }} label="Slack" count={state.chats} />
        <ViewLink to={{ kind: 'executions' }} label="Executions" />
      </ul>
    </nav>
  );
}

function Who({ people }: Pick<PageState, 'people'>) {
  const choose = (email: string) => {
    chooseUser(email);
    void reopen();
  };
  return (
    <label class="who">
      <span>You are</span>
      <select value={user.value} onChange={(event) => choose(event.currentTarget.value)}>
        {people.map(({ email, role }) => (
          <option key={email} value={email}>
            {email} ({role})
          </option>
        ))}
      </select>
    </label>
  );
}

interface PanelButtonProps {
  readonly panel: Panel;
  readonly about: string;
  readonly open: () => void;
  readonly children: ComponentChildren;
}

function PanelButton({ panel, about, open, children }: PanelButtonProps) {
  const isOpen = panel === 'time' ? isTimeOpen.value : isSidebarOpen.value;
  return (
    <button
      type="button"
      id={`${panel}-button`}
      class="panel-button"
      title={about}
      aria-expanded={isOpen}
      onClick={() => (isOpen ? closePanel(panel) : open())}
    >
      {children}
    </button>
  );
}

/** On a phone the day and the minute are enough. */
function ClockText({ nowMs, zone }: PageState) {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options }).format(nowMs);
  return (
    <>
      <span class="wide-only">{part({ weekday: 'short' })}, </span>
      {part({ day: 'numeric', month: 'short' })}
      <span class="wide-only"> {part({ year: 'numeric' })}</span> {part({ hour: '2-digit', minute: '2-digit' })}
    </>
  );
}

function Time({ state }: { readonly state: PageState }) {
  const running = busy.value || (state.busy ?? '');
  const at = progress.value;
  return (
    <div class="time-bar">
      <PanelButton
        panel="time"
        about="Time machine: move the clock, run jobs, make a platform fail"
        open={() => openPanel('time')}
      >
        <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" class="clock-sign">
          <circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" stroke-width="1.5" />
          <path d="M8 4.5V8l2.5 1.5" fill="none" stroke="currentColor" stroke-width="1.5" />
        </svg>
        {running === '' ? <ClockText {...state} /> : `${running}${at === undefined ? '…' : `: ${at.done} of ${at.of}`}`}
      </PanelButton>
      <button
        type="button"
        class="wide-only"
        disabled={running !== ''}
        onClick={() => void advance('Next day', { days: 1 })}
      >
        Next day
      </button>
    </div>
  );
}

function openSidebarPanel(): void {
  openPanel('sidebar');
  if (sidebarShown.value === 0) void openSidebar();
}

export function Top({ state }: { readonly state: PageState | undefined }) {
  return (
    <header class="top">
      <div class="brand">
        <h1>{state?.title ?? 'Rent Ledger'}</h1>
        {state !== undefined && (
          <p class="quiet book" title={state.book}>
            {state.book.split(/[\\/]/).slice(-2).join('/')}
          </p>
        )}
      </div>
      {state !== undefined && (
        <>
          <Views state={state} />
          <div class="top-right">
            <Time state={state} />
            <Who people={state.people} />
            <PanelButton panel="sidebar" about="The sidebar of the add-on" open={openSidebarPanel}>
              Sidebar
            </PanelButton>
          </div>
        </>
      )}
    </header>
  );
}
