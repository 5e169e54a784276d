/** Whether Azure would take a definition: its shape, its limits, who runs after whom, and what its expressions name. */
import type { Complaint, Rule } from '../kit/strict';
import { badContent, invalidTemplate } from './errors';
import { BadExpression, callsIn, type Expression, expressionsOf, templateOf } from './expressions';
import { FUNCTIONS } from './functions';
import { ACTIONS, DEFINITION, FOREIGN_ACTIONS, TRIGGERS } from './shapes';
import type { Members } from './state';

const LIMITS = { actions: 500, depth: 8, triggers: 10, parameters: 50, outputs: 10 };

type Actions = Readonly<Record<string, Members>>;

/** An action with what stands around it. */
export interface Placed {
  readonly name: string;
  readonly action: Members;
  readonly siblings: Actions;
  /** The actions that hold it, outermost first. */
  readonly within: readonly string[];
}

const membersOf = (value: unknown): Members => (typeof value === 'object' && value !== null ? (value as Members) : {});

/** The groups of actions that an action holds. */
export function groupsIn(action: Members): Actions[] {
  const cases = Object.values(membersOf(action.cases));
  return [action, action.else, action.default, ...cases]
    .map((each) => membersOf(membersOf(each).actions) as Actions)
    .filter((group) => Object.keys(group).length > 0);
}

/** Every action of a definition, however deep. */
export function placed(actions: Actions, within: readonly string[] = []): Placed[] {
  return Object.entries(actions).flatMap(([name, action]) => [
    { name, action: membersOf(action), siblings: actions, within },
    ...groupsIn(membersOf(action)).flatMap((group) => placed(group, [...within, name])),
  ]);
}

function complain({ at, what, wanted }: Complaint, of: string): Error {
  const name = at.split('.').pop() ?? '';
  if (what === 'unknown') return badContent(`Could not find member '${name}' on ${of}. Path '${at}'`);
  if (what === 'missing')
    return invalidTemplate(`Required property '${name}' not found in JSON. Path '${at}' of ${of}`);
  return invalidTemplate(`The value at '${at}' of ${of} is not valid: expected ${wanted}`);
}

function hold(rule: Rule, value: unknown, of: string): void {
  const complaint = rule(value, '');
  if (complaint) throw complain(complaint, of);
}

/** Throws the refusal. */
export function checkDefinition(value: unknown): void {
  hold(DEFINITION, value, 'the workflow definition');
  const { parameters, triggers, actions, outputs } = value as Record<string, Members | undefined>;
  const all = placed((actions ?? {}) as Actions);
  const counts = { actions: all.length, ...countsOf({ triggers, parameters, outputs }) };
  for (const [kind, count] of Object.entries(counts)) {
    const limit = LIMITS[kind as keyof typeof LIMITS];
    if (count > limit) throw invalidTemplate(`The template has ${count} ${kind}: at most ${limit} are allowed`);
  }
  for (const [name, trigger] of Object.entries(triggers ?? {})) checkTrigger(name, membersOf(trigger));
  for (const each of all) checkShape(each);
  const names = new Set<string>();
  for (const { name } of all) {
    if (names.has(name.toLowerCase())) throw invalidTemplate(`The action name '${name}' is used more than once`);
    names.add(name.toLowerCase());
  }
  for (const each of all) checkOrder(each);
  const known = { parameters: Object.keys(parameters ?? {}), all, triggers: Object.keys(triggers ?? {}) };
  for (const each of all) checkExpressions(each.action, `action '${each.name}'`, known, each);
  for (const [name, trigger] of Object.entries(triggers ?? {})) checkExpressions(trigger, `trigger '${name}'`, known);
  checkExpressions(outputs ?? {}, 'outputs', known);
}

const countsOf = (groups: Readonly<Record<string, Members | undefined>>): Record<string, number> =>
  Object.fromEntries(Object.entries(groups).map(([kind, group]) => [kind, Object.keys(group ?? {}).length]));

function checkTrigger(name: string, trigger: Members): void {
  const type = String(trigger.type);
  const rule = TRIGGERS[type];
  if (!rule) throw invalidTemplate(`The type '${type}' of template trigger '${name}' is not supported`);
  hold(rule, trigger, `template trigger '${name}'`);
}

function checkShape({ name, action, within }: Placed): void {
  const type = String(action.type);
  if (FOREIGN_ACTIONS.has(type)) throw new Error(`The sandbox does not run actions of type ${type}.`);
  const rule = ACTIONS[type];
  if (!rule) throw invalidTemplate(`The type '${type}' of template action '${name}' is not supported`);
  hold(rule, action, `template action '${name}'`);
  if (within.length >= LIMITS.depth) throw invalidTemplate(`The template action '${name}' is nested too deep`);
}

const afterOf = (action: Members | undefined): string[] => Object.keys(membersOf(action?.runAfter));

function checkOrder({ name, action, siblings }: Placed): void {
  for (const before of afterOf(action))
    if (!siblings[before])
      throw invalidTemplate(
        `The 'runAfter' property of template action '${name}' contains non-existent action: '${before}'`,
      );
  if (upstreamOf(name, siblings).has(name))
    throw invalidTemplate(`The template action '${name}' runs after itself: its dependencies are circular`);
}

/** The siblings that have ended when this one begins. */
function upstreamOf(name: string, siblings: Actions): Set<string> {
  const found = new Set<string>();
  const look = [...afterOf(siblings[name])];
  for (let each = look.pop(); each !== undefined; each = look.pop()) {
    if (found.has(each)) continue;
    found.add(each);
    look.push(...afterOf(siblings[each]));
  }
  return found;
}

interface Known {
  readonly parameters: readonly string[];
  readonly triggers: readonly string[];
  readonly all: readonly Placed[];
}

/** Texts of a value, but for the actions that it holds: those are looked at by themselves. */
function textsIn(value: unknown, isAction: boolean): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap((each) => textsIn(each, false));
  if (typeof value !== 'object' || value === null) return [];
  const hidden = isAction ? ['actions', 'cases', 'else', 'default'] : [];
  return Object.entries(value).flatMap(([name, each]) => (hidden.includes(name) ? [] : textsIn(each, false)));
}

function checkExpressions(value: unknown, of: string, known: Known, at?: Placed): void {
  for (const text of textsIn(value, at !== undefined)) {
    for (const call of callsOf(text, of)) {
      if (!FUNCTIONS.has(call.name.toLowerCase()))
        throw invalidTemplate(`The template function '${call.name}' in ${of} is not defined or not valid`);
      checkReference(call, of, known, at);
    }
  }
}

function callsOf(text: string, of: string) {
  try {
    const template = templateOf(text);
    return template ? expressionsOf(template).flatMap(callsIn) : [];
  } catch (error) {
    if (error instanceof BadExpression)
      throw invalidTemplate(`Unable to parse template language expression of ${of}: ${error.message}`);
    throw error;
  }
}

function checkReference(call: Extract<Expression, { kind: 'call' }>, of: string, known: Known, at?: Placed): void {
  const [first] = call.of;
  const name = first?.kind === 'value' ? String(first.value) : undefined;
  const does = call.name.toLowerCase();
  if (does === 'parameters' && name !== undefined && !known.parameters.includes(name))
    throw invalidTemplate(`The workflow parameter '${name}' in ${of} is not found`);
  if (does.startsWith('trigger') && known.triggers.length === 0)
    throw invalidTemplate(`The function '${call.name}' in ${of} needs a trigger: the template has none`);
  if (!['body', 'outputs', 'actions', 'result'].includes(does) || name === undefined) return;
  const target = known.all.find((each) => each.name === name);
  if (!target) throw invalidTemplate(`The action '${name}' that ${of} refers to is not defined in the template`);
  if (at && !runsBefore(target, at, known.all))
    throw invalidTemplate(`The action '${name}' that ${of} refers to is not in the 'runAfter' path of it`);
}

/** The target has ended when the other begins, or when an action that holds the other does. */
function runsBefore(target: Placed, at: Placed, all: readonly Placed[]): boolean {
  return [at.name, ...at.within].some((name) => {
    const holder = all.find((each) => each.name === name);
    if (!holder) return false;
    const ended = upstreamOf(name, holder.siblings);
    return ended.has(target.name) || target.within.some((each) => ended.has(each));
  });
}
