/** `EntityDefinitions`: what a table is, its columns and its alternate keys. */
import type { SandboxReply } from '../sandbox';
import { optionsOf } from './address';
import { badQuery, odata, refused } from './errors';
import { type AlternateKey, columnsIn, type Desk, statusOf } from './state';
import { type Column, type Table, tables } from './tables';

type Json = Readonly<Record<string, unknown>>;

/** Definitions have ids too; nothing hangs on them here. */
const metadataId = (name: string): string => {
  const mark = [...name].reduce((sum, letter) => (sum * 33 + letter.charCodeAt(0)) % 0xffffffff, 5381);
  return `${mark.toString(16).padStart(8, '0')}-2241-db11-898a-0007e9e17ebd`;
};

const labelled = (text: string): Json => {
  const one = { Label: text, LanguageCode: 1033, IsManaged: true, MetadataId: metadataId(text), HasChanged: null };
  return { LocalizedLabels: [one], UserLocalizedLabel: one };
};

const TYPES: Readonly<Record<string, string>> = { DateOnly: 'DateTime' };

const attribute = (table: Table, column: Column): Json => ({
  LogicalName: column.name,
  SchemaName: column.name,
  AttributeType: TYPES[column.kind] ?? column.kind,
  DisplayName: labelled(column.label),
  IsCustomAttribute: /_/.test(column.name) && !/^(billto|shipto)_/.test(column.name),
  IsValidForCreate: !column.computed,
  IsValidForUpdate: !column.computed && column.name !== table.id,
  IsValidForRead: true,
  MetadataId: metadataId(`${table.name}.${column.name}`),
});

const keyOf = (key: AlternateKey, nowMs: number): Json => ({
  LogicalName: key.name,
  SchemaName: key.name,
  KeyAttributes: key.columns,
  EntityKeyIndexStatus: statusOf(key, nowMs),
  MetadataId: metadataId(key.name),
});

function entity(desk: Desk, table: Table): Json {
  return {
    LogicalName: table.name,
    SchemaName: table.schema,
    EntitySetName: table.set,
    PrimaryIdAttribute: table.id,
    DisplayName: labelled(table.title),
    ChangeTrackingEnabled: desk.state.tables[table.name]!.tracksChanges,
    IsCustomEntity: false,
    MetadataId: metadataId(table.name),
  };
}

const partsOf = (desk: Desk, table: Table): Readonly<Record<string, readonly Json[]>> => ({
  Attributes: columnsIn(desk.state, table).map((column) => attribute(table, column)),
  Keys: desk.state.tables[table.name]!.keys.map((key) => keyOf(key, desk.nowMs)),
});

function picked(from: Json, select: string | undefined): Json {
  if (select === undefined) return from;
  const names = select.split(',').map((each) => each.trim());
  for (const name of names)
    if (!(name in from)) throw badQuery(`Could not find a property named '${name}' on this type of metadata.`);
  return Object.fromEntries([...new Set([...names, 'MetadataId'])].map((name) => [name, from[name]]));
}

/** `Attributes($select=LogicalName),Keys($select=KeyAttributes)` */
function expanded(desk: Desk, table: Table, text: string): Json {
  const found: Record<string, unknown> = {};
  for (const part of text.match(/[^,(]+(?:\([^)]*\))?/g) ?? []) {
    const [, name = '', select] = /^\s*(\w+)(?:\(\$select=([^)]*)\))?$/.exec(part) ?? [];
    const rows = partsOf(desk, table)[name];
    if (!rows)
      throw badQuery(`Could not find a property named '${part}' on type 'Microsoft.Dynamics.CRM.EntityMetadata'.`);
    found[name] = rows.map((row) => picked(row, select));
  }
  return found;
}

/** Answers `EntityDefinitions(LogicalName='contact')` and its `Attributes` and `Keys`. */
export function definition(desk: Desk, segments: readonly string[], url: URL): SandboxReply {
  const [first = '', part, ...more] = segments;
  const [, name] = /^EntityDefinitions\(LogicalName='(\w+)'\)$/.exec(first) ?? [];
  const table = name === undefined ? undefined : tables[name];
  if (name !== undefined && !table)
    throw refused(404, '', `Could not find an entity with name ${name} and id 00000000-0000-0000-0000-000000000000.`);
  if (!table || more.length > 0) throw refused(404, '0x8006088a', `Resource not found for the segment '${first}'.`);
  const context = `${desk.root}/$metadata#EntityDefinitions`;
  if (part === undefined) {
    const { $select, $expand } = optionsOf(url, ['$select', '$expand']);
    const more = $expand === undefined ? {} : expanded(desk, table, $expand);
    return odata(200, { '@odata.context': `${context}/$entity`, ...picked(entity(desk, table), $select), ...more });
  }
  const rows = partsOf(desk, table)[part];
  if (!rows) throw refused(404, '0x8006088a', `Resource not found for the segment '${part}'.`);
  const { $select } = optionsOf(url, ['$select']);
  const value = rows.map((row) => picked(row, $select));
  return odata(200, { '@odata.context': `${context}('${table.name}')/${part}`, value });
}
