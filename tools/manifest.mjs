/** Strict checks of appsscript.json: Google's published schema forbids no unknown key and requires none. */

const KEYS = new Set([
  'timeZone',
  'runtimeVersion',
  'exceptionLogging',
  'oauthScopes',
  'dependencies',
  'webapp',
  'executionApi',
  'urlFetchWhitelist',
  'sheets',
  'addOns',
]);
const ACCESS = ['MYSELF', 'DOMAIN', 'ANYONE', 'ANYONE_ANONYMOUS'];
const FUNCTION_KEYS = new Set(['runFunction', 'onTriggerFunction', 'functionName']);

/** What a card add-on for Sheets may name; Google's reference has more, and we use none of it. */
const ADD_ON_KEYS = new Set(['name', 'logoUrl', 'homepageTrigger']);

const isZone = (name) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};

function scopeProblems(scopes) {
  if (!Array.isArray(scopes) || scopes.length === 0) return ['oauthScopes must be a list: explicit scopes stay narrow'];
  const bad = scopes.filter(
    (scope) => typeof scope !== 'string' || !/^https:\/\/[a-z.]+\/[a-zA-Z0-9./_-]*$/.test(scope),
  );
  const twice = scopes.filter((scope, index) => scopes.indexOf(scope) !== index);
  return [
    ...bad.map((scope) => `"${scope}" is not a scope`),
    ...twice.map((scope) => `scope ${scope} is listed twice`),
  ];
}

function serviceProblems(services) {
  const seen = new Set();
  return services.flatMap((each) => {
    const keys = Object.keys(each).sort().join();
    if (keys !== 'serviceId,userSymbol,version') return [`advanced service with keys ${keys}`];
    if (seen.has(each.userSymbol)) return [`advanced service ${each.userSymbol} is listed twice`];
    seen.add(each.userSymbol);
    return /^v\d+$/.test(each.version) ? [] : [`advanced service ${each.userSymbol} has version "${each.version}"`];
  });
}

function webappProblems({ access, executeAs, ...rest }) {
  const problems = Object.keys(rest).map((key) => `webapp has the unknown key ${key}`);
  if (!ACCESS.includes(access)) problems.push(`webapp.access is "${access}"`);
  if (!['USER_ACCESSING', 'USER_DEPLOYING'].includes(executeAs)) problems.push(`webapp.executeAs is "${executeAs}"`);
  return problems;
}

function addOnProblems({ common = {}, sheets, ...rest }) {
  const problems = Object.keys(rest).map((key) => `addOns has the unknown key ${key}`);
  for (const key of Object.keys(common))
    if (!ADD_ON_KEYS.has(key)) problems.push(`addOns.common has the unknown key ${key}`);
  if (typeof common.name !== 'string' || common.name.length === 0 || common.name.length > 30)
    problems.push('addOns.common.name must be 1 to 30 characters');
  if (!/^https:\/\/[^/]+\/./.test(common.logoUrl ?? ''))
    problems.push('addOns.common.logoUrl must be an https address');
  if (typeof common.homepageTrigger?.runFunction !== 'string')
    problems.push('addOns.common.homepageTrigger.runFunction must name a function');
  if (sheets === undefined) problems.push('addOns.sheets is missing: the card would be shown nowhere');
  return problems;
}

/** Problems of a manifest, one line each; empty when Google will take it. */
export function manifestProblems(manifest) {
  const problems = Object.keys(manifest)
    .filter((key) => !KEYS.has(key))
    .map((key) => `unknown key ${key}`);
  if (!isZone(manifest.timeZone)) problems.push(`timeZone "${manifest.timeZone}" is not a zone`);
  if (manifest.runtimeVersion !== 'V8') problems.push('runtimeVersion must be V8');
  if (!['NONE', 'STACKDRIVER'].includes(manifest.exceptionLogging))
    problems.push('exceptionLogging must be STACKDRIVER');
  problems.push(...scopeProblems(manifest.oauthScopes));
  problems.push(...serviceProblems(manifest.dependencies?.enabledAdvancedServices ?? []));
  if (manifest.dependencies?.libraries?.length)
    problems.push('libraries load slowly and change under us: bundle instead');
  if (manifest.addOns) problems.push(...addOnProblems(manifest.addOns));
  if (manifest.webapp) problems.push(...webappProblems(manifest.webapp));
  for (const prefix of manifest.urlFetchWhitelist ?? []) {
    if (!/^https:\/\/[^/]+\//.test(prefix)) problems.push(`urlFetchWhitelist: "${prefix}" needs https:// and a path`);
  }
  return problems.map((problem) => `appsscript.json: ${problem}`);
}

/** Functions that the manifest names (card homepages, universal actions, macros). */
export function manifestFunctions(value) {
  if (Array.isArray(value)) return value.flatMap(manifestFunctions);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, each]) =>
    FUNCTION_KEYS.has(key) && typeof each === 'string' ? [each] : manifestFunctions(each),
  );
}
