/** Field masks: parsing `a.b,c(d,e)`, cutting an answer down to a mask, and writing through a mask. */

/** `true` is a leaf (everything below is meant), otherwise the named children. */
export type Mask = true | ReadonlyMap<string, Mask>;

type Tree = Map<string, true | Tree>;

function child(tree: Tree, name: string): Tree | true {
  const known = tree.get(name);
  if (known !== undefined) return known;
  const made: Tree = new Map();
  tree.set(name, made);
  return made;
}

class Parser {
  private at = 0;

  constructor(private readonly text: string) {}

  private name(): string {
    const match = /^[A-Za-z0-9_*-]+/.exec(this.text.slice(this.at));
    if (match === null) throw new SyntaxError(this.text.slice(this.at));
    this.at += match[0].length;
    return match[0];
  }

  private path(tree: Tree): void {
    const name = this.name();
    const next = this.text[this.at];
    if (next !== '.' && next !== '/' && next !== '(') {
      tree.set(name, true);
      return;
    }
    this.at++;
    const below = child(tree, name);
    const into: Tree = below === true ? new Map() : below;
    if (next !== '(') {
      this.path(into);
      return;
    }
    this.list(into);
    if (this.text[this.at] !== ')') throw new SyntaxError(this.text);
    this.at++;
  }

  list(tree: Tree): void {
    for (;;) {
      this.path(tree);
      if (this.text[this.at] !== ',') return;
      this.at++;
    }
  }

  done(): boolean {
    return this.at === this.text.length;
  }
}

/**
 * Parses a mask; `*` alone means everything.
 * @throws SyntaxError whose message is the piece that cannot be read
 */
export function parseMask(text: string): Mask {
  if (text === '*') return true;
  const tree: Tree = new Map();
  const parser = new Parser(text);
  parser.list(tree);
  if (!parser.done()) throw new SyntaxError(text);
  return tree.has('*') ? true : tree;
}

/** The mask below a name; undefined when the name is not meant. */
export function below(mask: Mask, name: string): Mask | undefined {
  if (mask === true) return true;
  return mask.get(name) ?? mask.get('*');
}

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The parts of an answer that a mask names. */
export function select(value: unknown, mask: Mask): unknown {
  if (mask === true) return value;
  if (Array.isArray(value)) return value.map((item) => select(item, mask));
  if (!isObject(value)) return value;
  const out: Json = {};
  for (const [name, part] of Object.entries(value)) {
    const inner = below(mask, name);
    if (inner === undefined || part === undefined) continue;
    out[name] = select(part, inner);
  }
  return out;
}

/** `old` with the masked parts taken from `fresh`: a named part that `fresh` lacks is cleared. Both stay unchanged. */
export function overlay(old: unknown, fresh: unknown, mask: Mask): unknown {
  if (mask === true) return fresh ?? undefined;
  const base = isObject(old) ? old : {};
  const source = isObject(fresh) ? fresh : {};
  const out: Json = { ...base };
  for (const [name, inner] of mask) {
    const part = overlay(base[name], source[name], inner);
    if (part === undefined) delete out[name];
    else out[name] = part;
  }
  return Object.keys(out).length === 0 ? undefined : out;
}
