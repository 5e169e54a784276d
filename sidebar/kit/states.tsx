/** What a screen shows while it has nothing to show, and when something came to nothing. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Trouble as Fault } from '../trouble';
import type { Asked } from '../use';
import { Button } from './button';
import { Icon } from './icon';

const STILL_MS = 4_000;

/** Grey rows at once; words for those who wait long or listen. */
export function Skeleton({
  rows = 5,
  what = 'Reading the ledger…',
}: {
  readonly rows?: number;
  readonly what?: string;
}) {
  const [still, setStill] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setStill(true), STILL_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="skeleton">
      <p class="quiet" role="status">
        {still ? 'Still working…' : what}
      </p>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} class="bone" aria-hidden="true" />
      ))}
    </div>
  );
}

/** One sentence and one action. */
export const Empty = ({ text, children }: { readonly text: string; readonly children?: ComponentChildren }) => (
  <div class="empty">
    <p>{text}</p>
    {children}
  </div>
);

export const Good = ({ children }: { readonly children: ComponentChildren }) => (
  <div class="box good">
    <Icon name="check" />
    <div>{children}</div>
  </div>
);

export const Note = ({ children, tone = 'info' }: { children: ComponentChildren; tone?: 'info' | 'due' | 'plan' }) => (
  <div class={`box ${tone}`}>
    <Icon name={tone === 'due' ? 'warn' : 'info'} />
    <div>{children}</div>
  </div>
);

/** What happened, what it means for rent, how to go on, and an id to quote. */
export function Trouble({ trouble, again }: { readonly trouble: Fault; readonly again?: (() => void) | undefined }) {
  const { kind, message, means, fix, id } = trouble;
  const retry = again && kind !== 'role' && kind !== 'arguments' ? again : undefined;
  return (
    <div class="box bad" role="alert">
      <Icon name="warn" />
      <div>
        <b>{message}</b>
        <p>{means}</p>
        <p>{fix}</p>
        {id ? <p class="id">Quote this: {id}</p> : null}
        {retry ? <Button onClick={retry}>Try again</Button> : null}
      </div>
    </div>
  );
}

/** A refusal in the script's own words. */
export const Refused = ({ text }: { readonly text: string }) => (
  <div class="box bad" role="alert">
    <Icon name="warn" />
    <div>{text}</div>
  </div>
);

/** Whatever a change came to, where it did not come to anything. */
export function Came({
  of,
  again,
}: {
  readonly of: { readonly refused?: string; readonly trouble?: Fault };
  readonly again?: () => void;
}) {
  if (of.refused) return <Refused text={of.refused} />;
  return of.trouble ? <Trouble trouble={of.trouble} again={again} /> : null;
}

/** An answer in all its states: skeleton first, then what `children` makes of it, with old figures marked as old. */
export function Shown<Value>({
  asked,
  rows,
  children,
}: {
  readonly asked: Asked<Value>;
  readonly rows?: number;
  readonly children: (value: Value) => ComponentChildren;
}) {
  const { data, trouble, loading, refresh } = asked;
  // Of the network the strip tells already; what was read before is still of use.
  const told = trouble?.kind === 'offline' && data !== undefined;
  return (
    <>
      {trouble && !told ? <Trouble trouble={trouble} again={refresh} /> : null}
      {trouble && data !== undefined ? <p class="quiet">What follows was read before that.</p> : null}
      {data === undefined && loading && !trouble ? <Skeleton {...(rows ? { rows } : {})} /> : null}
      {data === undefined ? null : children(data)}
    </>
  );
}
