/** The pieces that screens are laid out with: cards, lists, folded details, progress. */
import type { ComponentChildren } from 'preact';

export interface CardProps {
  readonly title: string;
  readonly count?: number;
  readonly children: ComponentChildren;
  readonly tone?: 'bad' | 'good' | 'info';
  /** A button or a figure at the right of the title. */
  readonly side?: ComponentChildren;
}

export const Card = ({ title, count, children, tone, side }: CardProps) => (
  <section class={`card ${tone ?? ''}`} aria-label={title}>
    <div class="card-head">
      <h2>
        {title}
        {count === undefined ? null : (
          <>
            {' '}
            <span class="count">{count}</span>
          </>
        )}
      </h2>
      {side}
    </div>
    {children}
  </section>
);

/** Rows under each other, each with its key. */
export function List<T>({
  of,
  keyOf,
  children,
}: {
  readonly of: readonly T[];
  readonly keyOf: (item: T, index: number) => string;
  readonly children: (item: T) => ComponentChildren;
}) {
  return (
    <ul class="list">
      {of.map((item, index) => (
        <li key={keyOf(item, index)}>{children(item)}</li>
      ))}
    </ul>
  );
}

/** Two ends of a line: what it is, and its figure. */
export const Line = ({
  head,
  tail,
  note,
}: {
  head: ComponentChildren;
  tail?: ComponentChildren;
  note?: ComponentChildren;
}) => (
  <>
    <div class="line">
      <span class="line-head">{head}</span>
      {tail ? <span class="line-tail">{tail}</span> : null}
    </div>
    {note ? <div class="quiet">{note}</div> : null}
  </>
);

export const Actions = ({ children }: { readonly children: ComponentChildren }) => (
  <div class="actions">{children}</div>
);

/** Folded until somebody wants it. */
export const Details = ({
  summary,
  children,
  open,
}: {
  summary: string;
  children: ComponentChildren;
  open?: boolean;
}) => (
  <details class="details" open={open}>
    <summary>{summary}</summary>
    {children}
  </details>
);

/** `3 of 12` with its bar. */
export const Progress = ({ done, total, label }: { done: number; total: number; label: string }) => (
  <div class="progress">
    <span>{label}</span>
    <progress max={Math.max(total, 1)} value={done} aria-label={label} />
  </div>
);

/** Pairs of a name and a value. */
export const Facts = ({ of }: { readonly of: readonly (readonly [string, ComponentChildren])[] }) => (
  <dl class="facts">
    {of.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
