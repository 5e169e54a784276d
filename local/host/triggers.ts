/** ScriptApp, main side: the project's triggers and the token of the running account. */
import { GoogleError } from './errors';
import type { Execution } from './execution';
import { MAX_TRIGGERS } from './limits';
import { drawHex } from './random';
import { type ClockSpec, nextFire, ruleOf } from './schedule';
import { type HostState, nextSerial, type TriggerEvent, type TriggerRecord } from './state';
import { tokenOf } from './tokens';

/** What a trigger builder sends when it is told to create. */
export interface TriggerSpec {
  readonly handler: string;
  readonly event: TriggerEvent;
  readonly clock?: ClockSpec;
  readonly zone?: string;
}

/** Adds a trigger for the account; it fires first at the next time its rule names. */
export function addTrigger(
  state: HostState,
  spec: TriggerSpec,
  user: string,
  zone: string,
  nowMs: number,
): TriggerRecord {
  if (state.triggers.filter((trigger) => trigger.user === user).length >= MAX_TRIGGERS) {
    throw new GoogleError(
      'This script has too many triggers. Triggers must be deleted from the script before more can be added.',
    );
  }
  const serial = `trigger:${nextSerial(state, 'trigger')}`;
  // Google's unique ids are long decimal numbers.
  const id = BigInt(`0x${drawHex(state.seed, serial, 15)}`)
    .toString()
    .padStart(18, '1');
  const own = spec.zone ?? zone;
  if (spec.event !== 'CLOCK') {
    const record = { id, handler: spec.handler, user, event: spec.event, zone: own };
    state.triggers.push(record);
    return record;
  }
  const rule = ruleOf(spec.clock ?? {}, own, nowMs, state.seed, serial);
  const nextMs = rule.kind === 'once' ? Math.max(rule.atMs, nowMs) : nextFire(rule, own, nowMs);
  const record: TriggerRecord = {
    id,
    handler: spec.handler,
    user,
    event: 'CLOCK',
    rule,
    zone: own,
    ...(nextMs === undefined ? {} : { nextMs }),
  };
  state.triggers.push(record);
  return record;
}

function listed(trigger: TriggerRecord) {
  return { id: trigger.id, handler: trigger.handler, event: trigger.event };
}

function deleteTrigger(execution: Execution, id: unknown): void {
  const { state } = execution.machine;
  const index = state.triggers.findIndex((trigger) => trigger.id === id && trigger.user === execution.options.user);
  if (index < 0) throw new GoogleError('Trigger not found.');
  state.triggers.splice(index, 1);
}

/** Answers one call of the ScriptApp service. */
export function serveScriptApp(execution: Execution, method: string, args: readonly unknown[]): unknown {
  const { state, bundle, webAppUrl } = execution.machine;
  const { user } = execution.options;
  switch (method) {
    case 'newTrigger':
      return listed(addTrigger(state, args[0] as TriggerSpec, user, bundle.manifest.timeZone, execution.nowMs));
    case 'getProjectTriggers':
      return state.triggers.filter((trigger) => trigger.user === user).map(listed);
    case 'deleteTrigger':
      return deleteTrigger(execution, args[0]);
    case 'getOAuthToken':
      return tokenOf(user, bundle.manifest.oauthScopes);
    case 'getUrl':
      return webAppUrl;
    default:
      throw new GoogleError(`ScriptApp.${method} is not offered by the local host.`);
  }
}
