/** Where one can look: the workbook's tabs, the mailbox, Slack, and the executions. */
import { useEffect, useRef } from 'preact/hooks';
import type { PageState } from '../types';
import { addressOf, type View, view } from './store';

interface LinkProps {
  readonly to: View;
  readonly label: string;
  readonly count?: number;
  readonly isGuarded?: boolean;
}

const isHere = (to: View): boolean => {
  const here = view.value;
  return here.kind === to.kind && (here.kind !== 'tab' || to.kind !== 'tab' || here.title === to.title);
};

function NavLink({ to, label, count, isGuarded = false }: LinkProps) {
  const here = isHere(to);
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (here) link.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [here]);
  return (
    <li>
      <a ref={link} href={addressOf(to)} aria-current={here ? 'page' : undefined}>
        {label}
        {isGuarded && (
          <span class="guard-mark" title="The add-on writes this tab">
            <span aria-hidden="true"> ◆</span>
            <span class="unseen"> (written by the add-on)</span>
          </span>
        )}
        {count !== undefined && <span class="count">{count.toLocaleString('en')}</span>}
      </a>
    </li>
  );
}

export function Nav({ state }: { readonly state: PageState }) {
  return (
    <nav aria-label="Views" class="views">
      <ul aria-label="What people received, and what ran">
        <NavLink to={{ kind: 'mail' }} label="Mailbox" count={state.mails} />
        <NavLink to={{ kind: 'slack' }} label="Slack" count={state.chats} />
        <NavLink to={{ kind: 'executions' }} label="Executions" count={state.executions} />
      </ul>
      <ul aria-label="Workbook">
        {state.tabs.map((tab) => (
          <NavLink
            key={tab.id}
            to={{ kind: 'tab', title: tab.title }}
            label={tab.title}
            {...(tab.charts > 0 ? {} : { count: tab.rows })}
            isGuarded={tab.isGuarded}
          />
        ))}
      </ul>
    </nav>
  );
}
