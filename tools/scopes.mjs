/** Compares the Google services that the bundle uses with the manifest's OAuth scopes and advanced services. */
import { walk } from './free-names.mjs';

const AUTH = 'https://www.googleapis.com/auth/';
const GMAIL_ALL = 'https://mail.google.com/';

/** Scope per service use, from the "Authorization" notes of the Apps Script reference. `*` stands for every method. */
const NEEDS = {
  SpreadsheetApp: { getUi: [], flush: [], newTextStyle: [], newRichTextValue: [], '*': [`${AUTH}spreadsheets`] },
  Sheets: { '*': [`${AUTH}spreadsheets`] },
  UrlFetchApp: { getRequest: [], '*': [`${AUTH}script.external_request`] },
  MailApp: { '*': [`${AUTH}script.send_mail`] },
  GmailApp: { '*': [GMAIL_ALL] },
  Gmail: { 'Users.Messages.send': [`${AUTH}gmail.send`], '*': [GMAIL_ALL] },
  DriveApp: { '*': [`${AUTH}drive`] },
  CalendarApp: { '*': [`${AUTH}calendar`] },
  Session: {
    getActiveUser: [`${AUTH}userinfo.email`],
    getEffectiveUser: [`${AUTH}userinfo.email`],
    '*': [],
  },
  ScriptApp: {
    newTrigger: [`${AUTH}script.scriptapp`],
    getProjectTriggers: [`${AUTH}script.scriptapp`],
    getUserTriggers: [`${AUTH}script.scriptapp`],
    deleteTrigger: [`${AUTH}script.scriptapp`],
    '*': [],
  },
};

/** Methods of `Ui`, which is reached through a value and not a global, so they are found by their own names. */
const UI_METHODS = new Set(['showSidebar', 'showModalDialog', 'showModelessDialog']);
const ADVANCED = new Set(['Sheets', 'Gmail', 'Drive', 'Calendar']);

/** `Gmail.Users.Messages.send` as `['Gmail', 'Users', 'Messages', 'send']`; undefined for anything else. */
function pathOf(node) {
  if (node.type === 'Identifier') return [node.name];
  if (node.type === 'ChainExpression') return pathOf(node.expression);
  if (node.type !== 'MemberExpression' || node.computed) return undefined;
  const before = pathOf(node.object);
  return before && [...before, node.property.name];
}

/** `[scope, use]` pairs of a parsed bundle, and the advanced services that it names. */
export function servicesUsed(program) {
  const scopes = new Map();
  const advanced = new Set();
  const note = (scope, use) => scopes.set(scope, (scopes.get(scope) ?? new Set()).add(use));
  walk(program, (node) => {
    if (node.type !== 'MemberExpression' || node.computed) return;
    if (UI_METHODS.has(node.property.name)) note(`${AUTH}script.container.ui`, node.property.name);
    const [service, ...rest] = pathOf(node) ?? [];
    if (ADVANCED.has(service)) advanced.add(service);
    const needs = NEEDS[service];
    if (!needs) return;
    // Only the first method of SpreadsheetApp.getActive().getSheets() is a path; for Gmail a resource path ends in a verb.
    const isResource = ADVANCED.has(service) && /^[A-Z]/.test(rest.at(-1) ?? 'A');
    if (isResource) return;
    const use = rest.join('.');
    for (const scope of needs[use] ?? needs['*']) note(scope, `${service}.${use}`);
  });
  return { scopes, advanced };
}

/** What the manifest lacks (`missing`, each an error at Google) and what it asks for in vain (`unused`). */
export function compareScopes(program, manifest) {
  const { scopes, advanced } = servicesUsed(program);
  const listed = new Set(manifest.oauthScopes ?? []);
  const enabled = new Set((manifest.dependencies?.enabledAdvancedServices ?? []).map((each) => each.userSymbol));
  const missing = [...scopes]
    .filter(([scope]) => !listed.has(scope))
    .map(([scope, uses]) => `oauthScopes lacks ${scope}, which ${[...uses].sort().join(', ')} needs`);
  for (const symbol of advanced) {
    if (!enabled.has(symbol)) missing.push(`enabledAdvancedServices lacks ${symbol}, which the code names`);
  }
  const unused = [...listed].filter((scope) => !scopes.has(scope)).map((scope) => `no code needs the scope ${scope}`);
  for (const symbol of enabled) if (!advanced.has(symbol)) unused.push(`no code names the advanced service ${symbol}`);
  return { missing: missing.sort(), unused: unused.sort() };
}
