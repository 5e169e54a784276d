/** The filter of the Log, between the address of the screen and the question to the script. */
import type { LogQuery } from '../../../src/api/desk/log';
import type { Params } from '../../route';

const TEXTS = ['person', 'run', 'lease', 'group', 'text', 'from', 'until'] as const;

/** Only what is set: an empty filter asks for everything. */
export function queryOf(params: Params): LogQuery {
  const set = TEXTS.filter((name) => (params[name] ?? '') !== '').map((name) => [name, params[name]]);
  return { ...Object.fromEntries(set), ...(params.errors ? { errors: true } : {}) };
}

export function without(params: Params, name: string): Params {
  const { [name]: _gone, ...rest } = params;
  return rest;
}

/** Sets a filter, or takes it away where it has that value already. */
export const toggled = (params: Params, name: string, value: string): Params =>
  params[name] === value ? without(params, name) : { ...params, [name]: value };
