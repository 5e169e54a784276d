/** Flows to platforms run side by side, with their calls added to those of the day at once. */
import { type FlowJob, type FlowResult, runFlows } from '../http/client';
import { type App, clientDeps } from './app';
import { callCounter } from './calls';

/** In the order of the jobs. `kept` are the owner's properties, where they have been read just now. */
export function countedFlows<T>(
  app: App,
  jobs: readonly FlowJob<T>[],
  kept?: Readonly<Record<string, string>>,
): readonly FlowResult<T>[] {
  const counter = callCounter(app, kept);
  const { results, calls } = runFlows(jobs, clientDeps(app, counter.of));
  counter.add(calls);
  app.host.userStore.setAll(counter.stored());
  return results;
}
