/**
 * What of Monday.com's GraphQL schema the sandbox has: the fields and arguments that a mirror of rent needs, named as in version
 * 2026-10. Whatever else a document asks for is refused, as a field that does not exist.
 */
import { buildSchema } from 'graphql';

/** Each type of column value, its name in GraphQL, and what it has beside the fields of all. */
export const VALUE_TYPES = {
  text: ['TextValue', ''],
  long_text: ['LongTextValue', 'updated_at: Date'],
  numbers: ['NumbersValue', 'number: Float symbol: String direction: NumberValueUnitDirection'],
  status: ['StatusValue', 'index: Int label: String is_done: Boolean update_id: ID updated_at: Date'],
  dropdown: ['DropdownValue', ''],
  date: ['DateValue', 'date: String time: String icon: String updated_at: Date'],
  checkbox: ['CheckboxValue', 'checked: Boolean updated_at: Date'],
  email: ['EmailValue', 'email: String label: String updated_at: Date'],
  phone: ['PhoneValue', 'phone: String country_short_name: String updated_at: Date'],
  link: ['LinkValue', 'url: String url_text: String updated_at: Date'],
  people: ['PeopleValue', 'persons_and_teams: [PeopleEntity!] updated_at: Date'],
  last_updated: ['LastUpdatedValue', 'updated_at: Date updater_id: ID'],
  formula: ['FormulaValue', 'display_value: String!'],
  mirror: ['MirrorValue', 'display_value: String!'],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;

export type ColumnKind = keyof typeof VALUE_TYPES | 'name';

const COMMON = 'column: Column! id: ID! is_leaf: Boolean! text: String type: ColumnType! value: JSON';

const valueTypes = Object.values(VALUE_TYPES)
  .map(([name, more]) => `type ${name} implements ColumnValue { ${COMMON} ${more} }`)
  .join('\n');

const SCALARS = `
scalar Date
scalar ISO8601DateTime
scalar JSON
scalar CompareValue
enum BoardKind { private public share }
enum BoardObjectType { board custom_object document sub_items_board }
enum State { active all archived deleted }
enum Kind { agent person team }
enum NumberValueUnitDirection { left right }
enum VersionKind {
  current deprecated dev maintenance old__maintenance old_previous_maintenance previous_maintenance release_candidate
}
enum ItemsOrderByDirection { asc desc }
enum ItemsQueryOperator { or and }
enum ItemsQueryRuleOperator { any_of not_any_of is_empty is_not_empty contains_text }
enum ColumnType { name ${Object.keys(VALUE_TYPES).join(' ')} }
`;

const OBJECTS = `
type Account { id: ID! name: String! slug: String! tier: String is_during_trial: Boolean }
type User { id: ID! account: Account! name: String! email: String! title: String! time_zone_identifier: String url: String! }
type Version { display_name: String! kind: VersionKind! value: String! }
type Complexity { after: Int! before: Int! query: Int! reset_in_x_seconds: Int! }
type PeopleEntity { id: ID! kind: Kind }
type Column {
  id: ID! title: String! description: String type: ColumnType! archived: Boolean!
  settings: JSON settings_str: String! @deprecated revision: String!
}
type Group { id: ID! title: String! archived: Boolean deleted: Boolean color: String! position: String! }
type Board {
  id: ID! name: String! description: String state: State! type: BoardObjectType board_kind: BoardKind!
  permissions: String! url: String!
  items_count: Int updated_at: ISO8601DateTime top_group: Group!
  columns(ids: [String], types: [ColumnType!]): [Column]
  groups(ids: [String]): [Group]
  items_page(cursor: String, limit: Int! = 25, query_params: ItemsQuery): ItemsResponse!
}
type Item {
  id: ID! name: String! board: Board group: Group state: State url: String!
  created_at: Date updated_at: Date creator_id: String! creator: User
  column_values(ids: [String!], types: [ColumnType!]): [ColumnValue!]!
  updates(limit: Int = 25, page: Int = 1, ids: [ID!]): [Update!]
}
type ItemsResponse { cursor: String items: [Item!]! }
type Update {
  id: ID! body: String! text_body: String creator_id: String creator: User
  created_at: Date updated_at: Date edited_at: Date! item_id: String item: Item
}
interface ColumnValue { ${COMMON} }
${valueTypes}
`;

const INPUTS = `
input ItemsPageByColumnValuesQuery { column_id: String! column_values: [String]! }
input ItemsQueryOrderBy { column_id: String! direction: ItemsOrderByDirection = asc }
input ItemsQueryRule {
  column_id: ID! compare_value: CompareValue! compare_attribute: String operator: ItemsQueryRuleOperator = any_of
}
input ItemsQuery {
  ids: [ID!] operator: ItemsQueryOperator = and order_by: [ItemsQueryOrderBy!] rules: [ItemsQueryRule!]
}
`;

const ROOTS = `
type Query {
  me: User
  version: Version!
  complexity: Complexity
  boards(
    ids: [ID!], limit: Int = 25, page: Int = 1, state: State = active, board_kind: BoardKind
  ): [Board]
  items(ids: [ID!], limit: Int = 25, page: Int = 1, exclude_nonactive: Boolean, newest_first: Boolean): [Item]
  items_page_by_column_values(
    board_id: ID!, columns: [ItemsPageByColumnValuesQuery!], cursor: String, limit: Int! = 25
  ): ItemsResponse!
  next_items_page(cursor: String!, limit: Int! = 25): ItemsResponse!
  updates(limit: Int = 25, page: Int = 1, ids: [ID!], from_date: String, to_date: String): [Update!]
}
type Mutation {
  create_column(
    board_id: ID!, id: String, title: String!, description: String, column_type: ColumnType!, defaults: JSON
  ): Column
  create_item(
    board_id: ID!, group_id: String, item_name: String!, column_values: JSON, create_labels_if_missing: Boolean
  ): Item
  change_column_value(
    board_id: ID!, item_id: ID, column_id: String!, value: JSON!, create_labels_if_missing: Boolean
  ): Item
  change_simple_column_value(
    board_id: ID!, item_id: ID, column_id: String!, value: String, create_labels_if_missing: Boolean
  ): Item
  change_multiple_column_values(
    board_id: ID!, item_id: ID, column_values: JSON!, create_labels_if_missing: Boolean
  ): Item
  create_update(item_id: ID, body: String!): Update
  edit_update(id: ID!, body: String!): Update!
}
`;

export const schema = buildSchema(`${SCALARS}${OBJECTS}${INPUTS}${ROOTS}`);
