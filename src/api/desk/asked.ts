/** One question to a connected platform that somebody waits for before the screen: asked, counted, and answered in words where it fails. */
import type { Flow } from '../../connectors/connector';
import { runFlows } from '../../http/client';
import { type App, clientDeps } from '../../run/app';
import { callCounter } from '../../run/calls';
import type { Open } from './platform-acts';
import type { Refusal } from './told';

export function askedOf<T>(app: App, { connector, credentials }: Open, flow: Flow<T>): { readonly value: T } | Refusal {
  const counter = callCounter(app);
  const { results, calls } = runFlows([{ connector, credentials, flow }], clientDeps(app, counter.of));
  counter.add(calls);
  app.host.userStore.setAll(counter.stored());
  const [result] = results;
  if (result && 'value' in result) return { value: result.value };
  return { refused: result?.fault.message ?? 'The platform did not answer.' };
}
