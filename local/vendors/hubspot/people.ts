/** What people do at HubSpot's own pages: the office with contacts, tasks and properties, the owner with applications and plans. */
import { archiveRecord, changeRecord, createRecord, findRecord, judged } from './records';
import { type CrmObject, type Desk, type HubspotState, type ObjectType, PLANS, SANDBOX_TOKEN } from './state';
import { setTask } from './tasks';

/** Casey of the office sits at the pages. */
const deskOf = (state: HubspotState, nowMs: number): Desk => ({
  state,
  nowMs,
  actor: { sourceType: 'CRM_UI', sourceId: 'userId:60158085' },
});

function recordIn(state: HubspotState, type: ObjectType, id: string): CrmObject {
  const found = findRecord(state, type, id) ?? (type === 'contacts' ? findRecord(state, type, id, 'email') : undefined);
  if (!found) throw new Error(`HubSpot has no ${id} among its ${type}.`);
  return found;
}

type Typed = Readonly<Record<string, string>>;

function valuesOf(state: HubspotState, type: ObjectType, own: CrmObject | undefined, typed: Typed): Typed {
  const found = judged(state, type, own, typed);
  if ('wrong' in found) throw new Error(`HubSpot's page says: ${found.wrong.message}`);
  return found.values;
}

/** Somebody adds a contact. Gives its id. */
export function addContact(state: HubspotState, typed: Typed, nowMs: number): string {
  return createRecord(deskOf(state, nowMs), 'contacts', valuesOf(state, 'contacts', undefined, typed)).id;
}

/** Somebody types into a contact: a new phone or mail, or over a property that an application keeps. */
export function editContact(state: HubspotState, idOrMail: string, typed: Typed, nowMs: number): void {
  const contact = recordIn(state, 'contacts', idOrMail);
  changeRecord(deskOf(state, nowMs), 'contacts', contact, valuesOf(state, 'contacts', contact, typed));
}

export function deleteContact(state: HubspotState, idOrMail: string, nowMs: number): void {
  archiveRecord(recordIn(state, 'contacts', idOrMail), nowMs);
}

/** Two contacts are one person: the first stays, keeps its own values, takes those it lacked, and the other's tasks. */
export function mergeContacts(state: HubspotState, keptId: string, otherId: string, nowMs: number): void {
  const [kept, other] = [recordIn(state, 'contacts', keptId), recordIn(state, 'contacts', otherId)];
  const lacked = Object.entries(other.properties).filter(([name]) => kept.properties[name] === undefined);
  archiveRecord(other, nowMs);
  kept.merged.push(other.id, ...other.merged);
  const desk: Desk = { state, nowMs, actor: { sourceType: 'MERGE_OBJECTS', sourceId: 'userId:60158085' } };
  changeRecord(desk, 'contacts', kept, Object.fromEntries(lacked));
  for (const link of state.links) if (link.contact === other.id) link.contact = kept.id;
}

/** Somebody makes a task of their own about a contact. Gives its id. */
export function addTask(state: HubspotState, idOrMail: string, typed: Typed, nowMs: number): string {
  const contact = recordIn(state, 'contacts', idOrMail);
  const task = createRecord(deskOf(state, nowMs), 'tasks', valuesOf(state, 'tasks', undefined, typed));
  state.links.push({ task: task.id, contact: contact.id });
  return task.id;
}

/** Somebody ticks a task off. */
export const completeTask = (state: HubspotState, id: string, nowMs: number): void =>
  editTask(state, id, { hs_task_status: 'COMPLETED' }, nowMs);

/** Somebody opens it again, renames it, puts it off or gives it to somebody else. */
export function editTask(state: HubspotState, id: string, typed: Typed, nowMs: number): void {
  const task = recordIn(state, 'tasks', id);
  setTask(deskOf(state, nowMs), task, valuesOf(state, 'tasks', task, typed));
}

export function deleteTask(state: HubspotState, id: string, nowMs: number): void {
  archiveRecord(recordIn(state, 'tasks', id), nowMs);
}

/** The office renames a property; its internal name stays. */
export function renameProperty(state: HubspotState, name: string, label: string): void {
  propertyIn(state, name).label = label;
}

export function deleteProperty(state: HubspotState, name: string): void {
  const property = propertyIn(state, name);
  if (!property.modificationMetadata.archivable) throw new Error(`HubSpot keeps its own property ${name}.`);
  state.properties.contacts = state.properties.contacts.filter((one) => one !== property);
}

/** The office takes an option from a list of choices. */
export function removeOption(state: HubspotState, name: string, value: string): void {
  const property = propertyIn(state, name);
  property.options = property.options.filter((option) => option.value !== value);
}

function propertyIn(state: HubspotState, name: string) {
  const found = state.properties.contacts.find((one) => one.name === name);
  if (!found) throw new Error(`HubSpot's contacts have no property ${name}.`);
  return found;
}

/** The owner makes a private app, or changes what the one of that name may do. Gives its token. */
export function makePrivateApp(state: HubspotState, name: string, scopes: readonly string[]): string {
  const known = state.apps.find((one) => one.name === name);
  if (known) known.scopes = [...scopes];
  else state.apps.push({ name, token: `${SANDBOX_TOKEN}-${state.apps.length + 1}`, scopes: [...scopes] });
  return (known ?? state.apps.at(-1)!).token;
}

/** The owner rotates a private app's token: the old one ends at once. Gives the new one. */
export function rotateToken(state: HubspotState, name = 'Rent Ledger'): string {
  const app = state.apps.find((one) => one.name === name);
  if (!app) throw new Error(`HubSpot has no private app ${name}.`);
  app.token = `${app.token}r`;
  return app.token;
}

/** The owner enters the address to which the page of consent leads back. */
export function registerRedirect(state: HubspotState, redirect: string): void {
  state.oauth.clients = state.oauth.clients.map((one) => ({ ...one, redirects: [...one.redirects, redirect] }));
}

/** The owner uninstalls the application: what was signed in is out. */
export function uninstall(state: HubspotState): void {
  state.oauth.access = {};
  state.oauth.refresh = {};
}

/** The account moves to another plan. */
export function choosePlan(state: HubspotState, plan: keyof typeof PLANS): void {
  state.plan = { ...PLANS[plan] };
}

/** Other applications of the account have used up the day's calls but for these. */
export function useUpTheDay(state: HubspotState, left: number, nowMs: number): void {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: state.timeZone }).format(nowMs);
  Object.assign(state.usage, { day, calls: state.plan.perDay - left });
}
