/** The tabs of the workbook at the foot of the sheet, those that the add-on writes marked. */
import { useEffect, useRef } from 'preact/hooks';
import type { TabInfo } from '../../types';
import { addressOf } from '../address';

function TabLink({ tab, isHere }: { readonly tab: TabInfo; readonly isHere: boolean }) {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (isHere) link.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isHere]);
  return (
    <li>
      <a ref={link} href={addressOf({ kind: 'tab', title: tab.title })} aria-current={isHere ? 'page' : undefined}>
        {tab.isGuarded && (
          <svg viewBox="0 0 16 16" width="12" height="12" class="lock" aria-hidden="true">
            <path d="M4 7V5a4 4 0 0 1 8 0v2h1v8H3V7zm2 0h4V5a2 2 0 0 0-4 0z" fill="currentColor" />
          </svg>
        )}
        {tab.title}
        {tab.isGuarded && <span class="unseen"> (written by the add-on)</span>}
      </a>
    </li>
  );
}

interface BarProps {
  readonly tabs: readonly TabInfo[];
  readonly title: string;
  readonly status: string;
}

export function TabBar({ tabs, title, status }: BarProps) {
  return (
    <div class="tab-bar">
      <nav aria-label="Tabs of the workbook">
        <ul>
          {tabs.map((tab) => (
            <TabLink key={tab.id} tab={tab} isHere={tab.title === title} />
          ))}
        </ul>
      </nav>
      <p class="quiet tab-status" role="status">
        {status}
      </p>
    </div>
  );
}
