/** One question to a connected platform that somebody waits for before the screen: asked, counted, and answered in words where it fails. */
import type { Flow } from '../../connectors/connector';
import type { App } from '../../run/app';
import { countedFlows } from '../../run/flows';
import type { Open } from './platform-acts';
import type { Refusal } from './told';

export function askedOf<T>(app: App, { connector, credentials }: Open, flow: Flow<T>): { readonly value: T } | Refusal {
  const [result] = countedFlows(app, [{ connector, credentials, flow }]);
  if (result && 'value' in result) return { value: result.value };
  return { refused: result?.fault.message ?? 'The platform did not answer.' };
}
