/** What every write of the QuickBooks sandbox is held against: references that exist, tokens that are fresh, numbers that are free. */
import { refuse } from './refuse';
import { all, type Entity, type Kind, type QuickbooksState, type Ref } from './state';

/** The object that a reference names. */
export function target(state: QuickbooksState, kind: Kind, ref: unknown, element: string): Entity {
  const id = (ref as Ref | undefined)?.value;
  if (id === undefined) return refuse('2020', `Required parameter ${element} is missing in the request`, element);
  const found = state.objects[kind][id];
  if (!found || found.Active === false) return refuse('2500', `Invalid Reference Id : ${element} ${id}`, element);
  return found;
}

/** The object that a write is about, at the version that the writer has seen. */
export function current(state: QuickbooksState, kind: Kind, body: Readonly<Record<string, unknown>>): Entity {
  const { Id, SyncToken } = body;
  if (typeof Id !== 'string') return refuse('2020', 'Required parameter Id is missing in the request', 'Id');
  const found = state.objects[kind][Id];
  if (!found)
    return refuse('610', `Object Not Found : Something you're trying to use has been made inactive. Id ${Id}`);
  if (typeof SyncToken !== 'string')
    return refuse('2020', 'Required parameter SyncToken is missing in the request', 'SyncToken');
  if (SyncToken !== found.SyncToken)
    return refuse('5010', 'Stale Object Error : You and another user were working on this at the same time.');
  return found;
}

export function freeNumber(state: QuickbooksState, kind: Kind, number: unknown, own: string | undefined): void {
  if (typeof number !== 'string') return;
  const taken = all(state, kind).find((one) => one.DocNumber === number && one.Id !== own);
  if (!taken) return;
  const by = `TxnType=${kind} with TxnId=${taken.Id}`;
  refuse('6140', `You must specify a different number. DocNumber=${number} is assigned to ${by}`);
}

export function freeName(state: QuickbooksState, kind: Kind, name: unknown, own: string | undefined): void {
  const field = kind === 'Customer' ? 'DisplayName' : 'Name';
  const same = (other: unknown) => String(other).toLowerCase() === String(name).toLowerCase();
  const taken = all(state, kind).find((one) => same(one[field]) && one.Id !== own);
  const isOther = kind === 'Customer' && state.otherNames.some(same);
  if (taken || isOther) refuse('6240', `The name supplied already exists. : Id=${taken?.Id ?? 'null'}`, field);
}

/** One currency only: the company has not switched to several. */
export function homeCurrency(fields: Readonly<Record<string, unknown>>): void {
  const ref = fields.CurrencyRef as Ref | undefined;
  if (ref && ref.value !== 'USD')
    refuse('6000', 'Business Validation Error: Multi Currency should be enabled to perform this operation.');
}

export const isVoided = (entity: Entity): boolean =>
  entity.TotalAmt === 0 && String(entity.PrivateNote ?? '').startsWith('Voided');

/** Amounts become nothing, and the note begins with the word. */
export function zero(entity: Entity): void {
  const note = entity.PrivateNote ? `Voided - ${entity.PrivateNote}` : 'Voided';
  entity.PrivateNote = note.slice(0, 4000);
  entity.TotalAmt = 0;
}

/** Sparse writes keep what they do not name; full ones empty it. */
export function merged(
  entity: Entity,
  fields: Record<string, unknown>,
  sparse: boolean,
  isWritable: (name: string) => boolean,
): void {
  if (!sparse) for (const name of Object.keys(entity)) if (isWritable(name) && !(name in fields)) delete entity[name];
  Object.assign(entity, fields);
}
