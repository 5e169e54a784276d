/** Works out a deployment template as Azure Resource Manager does, and complains as it would. */

export interface Template {
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly resources: readonly Resource[];
  readonly outputs: Readonly<Record<string, { readonly value: unknown }>>;
}

interface Parameter {
  readonly type: string;
  readonly defaultValue?: unknown;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minValue?: number;
  readonly maxValue?: number;
}

export interface Resource {
  readonly type: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly location: string;
  readonly dependsOn?: readonly string[];
  // Vendor JSON is read loosely in tests: what is asserted is its value.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly properties: any;
}

export type Values = Readonly<Record<string, { readonly value: unknown }>>;

/** Where it is deployed to. */
export interface Target {
  readonly subscription: string;
  readonly group: string;
  readonly location: string;
}

const KINDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  securestring: (value) => typeof value === 'string',
  int: Number.isInteger,
};

/** The value of each parameter. Throws what Azure Resource Manager would refuse. */
function valuesOf(template: Template, given: Values, target: Target): Record<string, unknown> {
  const { parameters } = template;
  for (const name of Object.keys(given)) if (!parameters[name]) throw new Error(`there is no parameter ${name}`);
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => {
      // A default may be an expression, though not one of other parameters here.
      const value = given[name]?.value ?? worked(parameter.defaultValue, { template, values: {}, target });
      if (value === undefined) throw new Error(`the parameter ${name} has no value`);
      if (!KINDS[parameter.type]?.(value)) throw new Error(`the parameter ${name} is no ${parameter.type}`);
      const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, minValue, maxValue } = parameter;
      const size = typeof value === 'string' ? value.length : minLength;
      const isTooMuch = typeof value === 'number' && (value < (minValue ?? value) || value > (maxValue ?? value));
      if (size < minLength || size > maxLength || isTooMuch) throw new Error(`the parameter ${name} is out of bounds`);
      return [name, value];
    }),
  );
}

/** The resources and outputs that come of it, in an order in which they can be made. */
export function deployed(template: Template, given: Values, target: Target) {
  const scope = { template, values: valuesOf(template, given, target), target };
  const resources = template.resources.map((resource) => worked(resource, scope) as Resource);
  const ids = resources.map(({ type, name }) => resourceId(target, type, name));
  if (new Set(ids.map((id) => id.toLowerCase())).size !== ids.length) throw new Error('a resource stands there twice');
  for (const { dependsOn = [] } of resources)
    for (const id of dependsOn) if (!ids.includes(id)) throw new Error(`${id} is not in the template`);
  const made = (resource: Resource, done: readonly Resource[]): boolean =>
    (resource.dependsOn ?? []).every((id) => done.some(({ type, name }) => resourceId(target, type, name) === id));
  const order: Resource[] = [];
  while (order.length < resources.length) {
    const next = resources.find((resource) => !order.includes(resource) && made(resource, order));
    if (!next) throw new Error('resources wait for each other');
    order.push(next);
  }
  return { resources: order, ids, outputs: worked(template.outputs, scope) as Record<string, { value: unknown }> };
}

interface Scope {
  readonly template: Template;
  readonly values: Readonly<Record<string, unknown>>;
  readonly target: Target;
}

const resourceId = ({ subscription, group }: Target, type: string, name: string): string =>
  `/subscriptions/${subscription}/resourceGroups/${group}/providers/${type}/${name}`;

function worked(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') return workedText(value, scope);
  if (Array.isArray(value)) return value.map((each) => worked(each, scope));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, worked(each, scope)]));
}

/** `[…]` is an expression, `[[…` a text that begins with a bracket. */
function workedText(text: string, scope: Scope): unknown {
  if (text.startsWith('[[')) return text.slice(1);
  if (!/^\[.*\]$/s.test(text)) return text;
  const tokens = text.slice(1, -1).match(/'(?:[^']|'')*'|[\w$]+|[(),.[\]]|\S/g) ?? [];
  const value = expression(tokens, scope);
  if (tokens.length > 0) throw new Error(`${text} goes on after its end`);
  return value;
}

/** Takes one expression from the front of the tokens. */
function expression(tokens: string[], scope: Scope): unknown {
  const token = tokens.shift() ?? '';
  let value: unknown;
  if (token.startsWith("'")) value = token.slice(1, -1).replaceAll("''", "'");
  else if (/^\d+$/.test(token)) value = Number(token);
  else value = call(token, argumentsOf(tokens, scope), scope);
  while (tokens[0] === '.') {
    tokens.shift();
    const name = tokens.shift() ?? '';
    value = (value as Record<string, unknown> | undefined)?.[name];
    if (value === undefined) throw new Error(`there is no ${name} in what ${token} gives`);
  }
  return value;
}

function argumentsOf(tokens: string[], scope: Scope): unknown[] {
  const of: unknown[] = [];
  need(tokens, '(');
  if (tokens[0] === ')') tokens.shift();
  else {
    do of.push(expression(tokens, scope));
    while (tokens[0] === ',' && tokens.shift());
    need(tokens, ')');
  }
  return of;
}

function need(tokens: string[], sign: string): void {
  const token = tokens.shift();
  if (token !== sign) throw new Error(`expected ${sign} and found ${token ?? 'the end'}`);
}

function call(name: string, of: readonly unknown[], { template, values, target }: Scope): unknown {
  const [first = '', second = '', ...rest] = of.map(String);
  switch (name) {
    case 'parameters':
      if (!(first in values)) throw new Error(`there is no parameter ${first}`);
      return values[first];
    case 'variables':
      if (!(first in template.variables)) throw new Error(`there is no variable ${first}`);
      return worked(template.variables[first], { template, values, target });
    case 'concat':
      return of.join('');
    case 'resourceGroup':
      return { name: target.group, location: target.location };
    case 'resourceId':
      return resourceId(target, first, second);
    case 'subscriptionResourceId': {
      // `Microsoft.Web/locations/managedApis` and two names: they stand in turn.
      const [provider, ...types] = first.split('/');
      const named = types.map((type, at) => `${type}/${[second, ...rest][at]}`).join('/');
      return `/subscriptions/${target.subscription}/providers/${provider}/${named}`;
    }
    default:
      throw new Error(`there is no function ${name}`);
  }
}
