/** Buttons: one coloured one on a screen, the others plain; none can be pressed twice while something is on its way. */
import type { ComponentChildren } from 'preact';
import { acting } from '../server';
import { Icon, type IconName } from './icon';

export interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onClick?: () => void;
  /** `primary` at most once on a screen; `quiet` looks like a link. */
  readonly look?: 'primary' | 'plain' | 'quiet';
  /** Ends a form. */
  readonly submit?: boolean;
  /** It changes something: it waits while another change is on its way. */
  readonly changes?: boolean;
  /** This very button's change is on its way. */
  readonly busy?: boolean;
  readonly disabled?: boolean;
  /** A longer name where many buttons have the same words. It must begin with the words. */
  readonly label?: string;
  readonly pressed?: boolean;
}

export function Button(props: ButtonProps) {
  const { children, onClick, look = 'plain', submit = false, busy = false, label } = props;
  const waits = busy || ((props.changes ?? submit) && acting.value !== '');
  return (
    <button
      type={submit ? 'submit' : 'button'}
      class={`button ${look}`}
      disabled={props.disabled ?? false}
      aria-disabled={waits ? 'true' : undefined}
      aria-label={label}
      aria-pressed={props.pressed}
      onClick={(event) => {
        // Not `disabled`: that would throw the keyboard's place away while the change is on its way.
        if (!waits) return onClick?.();
        event.preventDefault();
      }}
    >
      {busy ? (acting.value === 'checking' ? 'Checking whether it was done…' : 'Working…') : children}
    </button>
  );
}

export const IconButton = (props: {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
  readonly expanded?: boolean;
  readonly pressed?: boolean;
}) => (
  <button
    type="button"
    class="icon-button"
    aria-label={props.label}
    title={props.label}
    aria-expanded={props.expanded}
    aria-pressed={props.pressed}
    onClick={props.onClick}
  >
    <Icon name={props.icon} />
  </button>
);
