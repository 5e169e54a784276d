/** The panel at the left: the clock, what the last action did, and the switches that make a platform fail. */
import type { PageState } from '../types';
import { Clock } from './clock';
import { Outcome } from './outcome';
import { closePanel } from './panels';
import { Switches } from './switches';

export function TimePanel({ state }: { readonly state: PageState }) {
  return (
    <aside class="panel time" id="time-panel" tabIndex={-1} aria-label="Time machine and platforms">
      <div class="panel-head">
        <p class="panel-title">Time machine</p>
        <button type="button" class="plain-button" onClick={() => closePanel('time')}>
          <span aria-hidden="true">✕</span>
          <span class="unseen">Close the time machine</span>
        </button>
      </div>
      <div class="panel-scroll">
        <Clock state={state} />
        <Outcome />
        <Switches state={state} />
      </div>
    </aside>
  );
}
