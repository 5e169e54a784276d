/**
 * What a document costs. Monday.com tells the sum and not the weights: here each field costs a point, a list costs its fields as
 * often as it may have rows, and a mutation ten thousand points more.
 */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

const MUTATION_POINTS = 10_000;
const DEFAULT_ROWS = 25;
const LISTS = ['boards', 'items', 'updates', 'users', 'items_page', 'next_items_page', 'items_page_by_column_values'];

export function costOf(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  const base = operation.operation === 'mutation' ? MUTATION_POINTS : 0;

  const ofSet = (set: SelectionSetNode | undefined, extra = 0): number =>
    (set?.selections ?? []).reduce((sum, one) => {
      if (one.kind === Kind.FIELD) return sum + extra + ofField(one);
      const inner = one.kind === Kind.FRAGMENT_SPREAD ? fragments.get(one.name.value)?.selectionSet : one.selectionSet;
      return sum + ofSet(inner, extra);
    }, 0);
  const ofField = (field: FieldNode): number => 1 + rowsOf(field, variables) * ofSet(field.selectionSet);

  return ofSet(operation.selectionSet, base);
}

/** How many rows a list may have: as many as ids are named, at most its limit. The `items` of a page are counted by the page. */
function rowsOf(field: FieldNode, variables: Variables): number {
  const args = field.arguments ?? [];
  if (!LISTS.includes(field.name.value) || (field.name.value === 'items' && args.length === 0)) return 1;
  const argument = (name: string): unknown => {
    const node: ValueNode | undefined = args.find((one) => one.name.value === name)?.value;
    return node && valueFromASTUntyped(node, variables);
  };
  const limit = argument('limit');
  const ids = argument('ids');
  const most = typeof limit === 'number' ? Math.max(1, limit) : DEFAULT_ROWS;
  return Array.isArray(ids) ? Math.max(1, Math.min(most, ids.length)) : most;
}
