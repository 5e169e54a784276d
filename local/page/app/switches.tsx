/** The switchboard: makes a platform fail, until it is switched off. */
import type { PageState, SwitchInfo } from '../types';
import { busy, setSwitch } from './store';

interface SwitchProps {
  readonly platform: SwitchInfo;
  readonly troubles: PageState['troubles'];
  readonly disabled: boolean;
}

function Switch({ platform: { vendor, title, armed }, troubles, disabled }: SwitchProps) {
  const fails = armed.length > 0;
  const chosen = Object.keys(troubles).find((word) => armed.some((line) => line.startsWith(troubles[word] ?? '')));
  return (
    <div class="switch">
      <label class="grow">
        <span class="label">
          {title} <span class={fails ? 'chip late' : 'chip good'}>{fails ? '▲ fails' : '✓ works'}</span>
        </span>
        <select
          value={chosen ?? 'off'}
          disabled={disabled}
          onChange={(event) => void setSwitch(vendor, event.currentTarget.value)}
        >
          <option value="off">works</option>
          {Object.entries(troubles).map(([word, about]) => (
            <option key={word} value={word}>
              {about}
            </option>
          ))}
        </select>
      </label>
      {armed.map((line) => (
        <p key={line} class="quiet">
          {title} {line}.
        </p>
      ))}
    </div>
  );
}

export function Switches({ state }: { readonly state: PageState }) {
  const disabled = busy.value !== '' || state.busy !== undefined;
  return (
    <section class="card" aria-labelledby="switch-title">
      <h2 id="switch-title">Make a platform fail</h2>
      {state.switches.map((platform) => (
        <Switch key={platform.vendor} platform={platform} troubles={state.troubles} disabled={disabled} />
      ))}
    </section>
  );
}
