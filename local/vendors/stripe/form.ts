/** Reads Stripe's form encoding: `a[b]=1&list[0]=x&list[]=y`. */
import { invalid } from './errors';

export type Form = string | FormMap;
export interface FormMap {
  [name: string]: Form;
}

const MAX_DEPTH = 8;

/** Nested maps; list entries keep their index (or the next free one) as name. Throws a Refusal on a broken name. */
export function readForm(text: string): FormMap {
  const root = emptyMap();
  for (const [name, value] of new URLSearchParams(text)) place(root, pathOf(name), name, value);
  return root;
}

export function emptyMap(): FormMap {
  return Object.create(null) as FormMap;
}

function pathOf(name: string): string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name);
  if (!match) throw invalid(`Invalid parameter name: ${name}`, { param: name });
  const path = [match[1]!, ...[...match[2]!.matchAll(/\[([^[\]]*)\]/g)].map((part) => part[1]!)];
  if (path.length > MAX_DEPTH) throw invalid(`Parameter nested too deep: ${name}`, { param: name });
  return path;
}

function place(root: FormMap, path: readonly string[], name: string, value: string): void {
  let at = root;
  path.forEach((part, index) => {
    const key = part === '' ? String(Object.keys(at).length) : part;
    if (index === path.length - 1) {
      if (typeof at[key] === 'object') throw clash(name);
      at[key] = value;
      return;
    }
    const inner = at[key] ?? emptyMap();
    if (typeof inner === 'string') throw clash(name);
    at[key] = inner;
    at = inner;
  });
}

function clash(name: string) {
  return invalid(`Parameter ${name} is given both as a value and as a group.`, { param: name });
}
