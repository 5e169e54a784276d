/** Templates: what their designer has made, listed and told one by one. */
import { refusal } from './errors';
import { countIn, queryIn, wordsIn } from './rules';
import { shownTabs } from './shapes';
import { type Desk, type Role, stamp, type Template } from './state';

type Json = Record<string, unknown>;

const LIST_NAMES = ['count', 'start_position', 'search_text', 'order', 'order_by', 'include'];
const MAX_LIST = 2000;

const byName = (a: Template, b: Template): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
const byChange = (a: Template, b: Template): number => a.modifiedMs - b.modifiedMs;

export function listTemplates(desk: Desk, url: URL): Json {
  const query = queryIn(url, LIST_NAMES);
  const search = (query.search_text ?? '').toLowerCase();
  const found = desk.state.templates
    .filter((one) => one.account === desk.account.id && one.name.toLowerCase().includes(search))
    .sort(query.order_by === 'modified' ? byChange : byName);
  if (query.order === 'desc') found.reverse();
  const start = countIn(query.start_position, 'start_position', 0, Number.MAX_SAFE_INTEGER);
  const page = found.slice(start, start + countIn(query.count, 'count', MAX_LIST, MAX_LIST));
  const end = start + page.length;
  const includes = wordsIn(query.include);
  return {
    envelopeTemplates: page.map((one) => shown(one, includes.includes('recipients') ? [] : undefined)),
    resultSetSize: String(page.length),
    startPosition: String(start),
    endPosition: String(Math.max(start, end - 1)),
    totalSetSize: String(found.length),
    ...(end < found.length && page.length > 0
      ? { nextUri: `/templates?start_position=${end}&count=${page.length}` }
      : {}),
  };
}

export function getTemplate(desk: Desk, id: string, url: URL): Json {
  const { include } = queryIn(url, ['include']);
  return shown(templateOf(desk, id, 404), wordsIn(include));
}

export function templateOf({ state, account }: Desk, id: string | undefined, status = 400): Template {
  const found = state.templates.find((one) => one.templateId === id && one.account === account.id);
  if (!found) throw refusal(status, 'TEMPLATE_ID_INVALID', 'Invalid template ID.');
  return found;
}

/** Without `includes` the recipients are left out, as in a list. */
function shown(template: Template, includes: readonly string[] | undefined): Json {
  const { templateId, roles } = template;
  return {
    templateId,
    uri: `/templates/${templateId}`,
    name: template.name,
    description: template.description,
    shared: 'false',
    passwordProtected: 'false',
    emailSubject: template.emailSubject,
    emailBlurb: '',
    signingLocation: 'online',
    created: stamp(template.createdMs),
    lastModified: stamp(template.modifiedMs),
    pageCount: '1',
    ...(includes === undefined ? {} : whole(template, roles, includes)),
  };
}

function whole(template: Template, roles: readonly Role[], includes: readonly string[]): Json {
  const of = (kind: Role['kind']) =>
    roles.filter((one) => one.kind === kind).map((one) => shownRole(one, includes.includes('tabs')));
  const recipients = {
    signers: of('signer'),
    agents: [],
    editors: [],
    intermediaries: [],
    carbonCopies: of('carbonCopy'),
    certifiedDeliveries: [],
    inPersonSigners: [],
    recipientCount: String(roles.length),
  };
  return {
    recipients,
    documents: [{ documentId: '1', name: template.document, order: '1', pages: '1', display: 'inline' }],
  };
}

function shownRole(role: Role, withTabs: boolean): Json {
  const { recipientId, roleName } = role;
  return {
    recipientId,
    roleName,
    routingOrder: String(role.routingOrder),
    name: role.name ?? '',
    email: role.email ?? '',
    deliveryMethod: 'email',
    templateLocked: 'false',
    templateRequired: 'false',
    ...(withTabs ? { tabs: shownTabs(role.tabs, recipientId) } : {}),
  };
}
