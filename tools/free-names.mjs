/** Scope-aware search for the free names of a script: identifiers that no declaration in it binds. */

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
const BLOCKS = new Set(['BlockStatement', 'ForStatement', 'ForInStatement', 'ForOfStatement', 'SwitchStatement']);
const LABELS = new Set(['LabeledStatement', 'BreakStatement', 'ContinueStatement']);
const KEYED = new Set(['Property', 'MethodDefinition', 'PropertyDefinition']);
const GLOBAL_OBJECTS = new Set(['globalThis', 'global', 'self', 'window']);

class Scope {
  constructor(parent, isFunction) {
    this.parent = parent;
    this.isFunction = isFunction;
    this.names = new Set();
  }

  declare(name, hoisted) {
    let scope = this;
    while (hoisted && !scope.isFunction) scope = scope.parent;
    scope.names.add(name);
  }

  has(name) {
    for (let scope = this; scope; scope = scope.parent) if (scope.names.has(name)) return true;
    return false;
  }
}

/** Names bound by a parameter or a declaration's left side. */
export function boundNames(pattern) {
  if (!pattern) return [];
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((each) => boundNames(each.type === 'RestElement' ? each.argument : each.value));
    case 'ArrayPattern':
      return pattern.elements.flatMap(boundNames);
    case 'AssignmentPattern':
      return boundNames(pattern.left);
    case 'RestElement':
      return boundNames(pattern.argument);
    default:
      return [];
  }
}

/** The child nodes of an ESTree node, in source order of its fields. */
export function childrenOf(node) {
  const found = [];
  for (const [field, value] of Object.entries(node)) {
    if (field === 'type') continue;
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each && typeof each.type === 'string') found.push({ field, node: each });
    }
  }
  return found;
}

/** Calls `visit(node)` for every node of a tree. */
export function walk(node, visit) {
  visit(node);
  for (const child of childrenOf(node)) walk(child.node, visit);
}

function declareIn(node, scope) {
  if (node.type === 'VariableDeclaration') {
    for (const each of node.declarations) {
      for (const name of boundNames(each.id)) scope.declare(name, node.kind === 'var');
    }
  }
  if ((node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') && node.id) scope.declare(node.id.name);
}

function scopeOf(node, scope) {
  if (FUNCTIONS.has(node.type)) {
    const inner = new Scope(scope, true);
    if (node.type !== 'ArrowFunctionExpression') inner.declare('arguments');
    if (node.type === 'FunctionExpression' && node.id) inner.declare(node.id.name);
    for (const name of node.params.flatMap(boundNames)) inner.declare(name);
    return inner;
  }
  if (node.type === 'ClassExpression' && node.id) {
    const inner = new Scope(scope, false);
    inner.declare(node.id.name);
    return inner;
  }
  if (node.type === 'CatchClause') {
    const inner = new Scope(scope, false);
    for (const name of boundNames(node.param)) inner.declare(name);
    return inner;
  }
  return BLOCKS.has(node.type) ? new Scope(scope, false) : scope;
}

/** True where an identifier is a property name or a label, so it refers to nothing. */
function isMereName(parent, field) {
  if (LABELS.has(parent.type)) return field === 'label';
  if (parent.type === 'MemberExpression') return field === 'property' && !parent.computed;
  if (KEYED.has(parent.type)) return field === 'key' && !parent.computed;
  return parent.type === 'MetaProperty';
}

function memberName(node) {
  if (!node.computed) return node.property.name;
  return node.property.type === 'Literal' ? String(node.property.value) : undefined;
}

function collect(node, scope, found) {
  declareIn(node, scope);
  const inner = scopeOf(node, scope);
  for (const child of childrenOf(node)) {
    if (child.node.type !== 'Identifier') {
      collect(child.node, inner, found);
      continue;
    }
    if (isMereName(node, child.field)) continue;
    const reference = { name: child.node.name, at: child.node.start, scope: inner };
    const probe = node.type === 'UnaryExpression' && node.operator === 'typeof';
    const called = (node.type === 'CallExpression' || node.type === 'NewExpression') && child.field === 'callee';
    const onGlobal =
      node.type === 'MemberExpression' && child.field === 'object' && GLOBAL_OBJECTS.has(child.node.name);
    found.push({ ...reference, probe, called });
    if (onGlobal && memberName(node))
      found.push({ ...reference, via: reference.name, name: memberName(node), probe: false });
  }
}

/**
 * Free names of a parsed script (ESTree of acorn): `{ name, at, probe, called, via }`. `probe` marks `typeof name`, which
 * cannot fail; `called` marks `name()` and `new name()`; `via` marks a property of a global object (`globalThis.name`).
 */
export function freeNames(program) {
  const top = new Scope(undefined, true);
  const found = [];
  collect(program, top, found);
  return found
    .filter((each) => !each.scope.has(each.name) || each.via)
    .map(({ name, at, probe, called = false, via }) => ({ name, at, probe, called, via }));
}
