/** The shape of a workflow definition: which members triggers, actions and parameters have, by their type. */
import { anything, listOf, object, oneOf, type Rule, text, whole } from '../kit/strict';

const NAME = text({ min: 1, max: 80 });

/** A map whose names are free and whose values keep to a rule. */
export const mapOf =
  (rule: Rule, name: Rule = NAME): Rule =>
  (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return { at, what: 'wrong type', wanted: 'an object' };
    for (const [key, each] of Object.entries(value)) {
      const place = at === '' ? key : `${at}.${key}`;
      const complaint = name(key, place) ?? rule(each, place);
      if (complaint) return complaint;
    }
    return undefined;
  };

/** A text instead of a number or an object is an expression. */
const orExpression =
  (rule: Rule): Rule =>
  (value, at) =>
    typeof value === 'string' && value.startsWith('@') ? undefined : rule(value, at);

const DURATION = text({ like: /^P(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?$/ });
const RETRY = object({
  type: oneOf('none', 'fixed', 'exponential', 'None', 'Fixed', 'Exponential'),
  'count?': orExpression(whole),
  'interval?': DURATION,
  'minimumInterval?': DURATION,
  'maximumInterval?': DURATION,
});
const COMMON = {
  type: text(),
  'description?': text(),
  'metadata?': anything,
  'operationOptions?': text(),
  'runtimeConfiguration?': object({
    'secureData?': object({ properties: listOf(oneOf('inputs', 'outputs'), { min: 1, max: 2 }) }),
    'concurrency?': object({ 'runs?': whole, 'maximumWaitingRuns?': whole, 'repetitions?': whole }),
  }),
};
const RUN_AFTER = mapOf(listOf(oneOf('Succeeded', 'Failed', 'Skipped', 'TimedOut'), { min: 1, max: 4 }));
const ACTION = { ...COMMON, 'runAfter?': RUN_AFTER, 'kind?': text(), 'trackedProperties?': anything };
const TRIGGER = {
  ...COMMON,
  'conditions?': listOf(object({ expression: text() })),
  'correlation?': object({ clientTrackingId: text() }),
};
const LIMIT = object({ 'timeout?': DURATION, 'count?': orExpression(whole) });
const TEXTS = mapOf(text(), text({ min: 1 }));

/** Actions inside actions are held one by one by whoever walks the tree. */
const INNER = mapOf(anything);
const BRANCH = object({ 'actions?': INNER });

export const ACTIONS: Readonly<Record<string, Rule>> = {
  Http: object({
    ...ACTION,
    'limit?': LIMIT,
    inputs: object({
      method: oneOf('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'),
      uri: text({ min: 1 }),
      'headers?': orExpression(TEXTS),
      'queries?': orExpression(mapOf(anything, text({ min: 1 }))),
      'body?': anything,
      'cookie?': text(),
      'authentication?': anything,
      'retryPolicy?': RETRY,
    }),
  }),
  ApiConnection: object({
    ...ACTION,
    'limit?': LIMIT,
    inputs: object({
      host: object({ connection: object({ name: text({ like: /^@/ }) }) }),
      method: oneOf('get', 'post', 'put', 'patch', 'delete'),
      path: text({ like: /^\// }),
      'headers?': TEXTS,
      'queries?': mapOf(anything, text({ min: 1 })),
      'body?': anything,
      'authentication?': anything,
      'retryPolicy?': RETRY,
    }),
  }),
  Switch: object({
    ...ACTION,
    expression: text({ like: /^@/ }),
    cases: mapOf(
      object({ case: (value, at) => (typeof value === 'number' ? undefined : text()(value, at)), actions: INNER }),
    ),
    'default?': BRANCH,
  }),
  If: object({ ...ACTION, expression: anything, actions: INNER, 'else?': BRANCH }),
  Scope: object({ ...ACTION, actions: INNER }),
  Compose: object({ ...ACTION, inputs: anything }),
  Terminate: object({
    ...ACTION,
    inputs: object({
      runStatus: oneOf('Succeeded', 'Failed', 'Cancelled'),
      'runError?': object({ 'code?': text(), 'message?': text() }),
    }),
  }),
};

/** Actions that Azure knows and this sandbox cannot run: to refuse them as Azure does not would be a lie. */
export const FOREIGN_ACTIONS: ReadonlySet<string> = new Set(
  [
    'ApiConnectionWebhook ApiManagement AppendToArrayVariable AppendToStringVariable Workflow DecrementVariable',
    'Expression Foreach Function HttpWebhook IncrementVariable InitializeVariable JavaScriptCode Join ParseJson Query',
    'Response Select SendToBatch SetVariable Table Until Wait FlatFileDecoding FlatFileEncoding IntegrationAccount',
    'Liquid XmlValidation Xslt',
  ].flatMap((line) => line.split(' ')),
);

const numbers = (low: number, high: number): Rule =>
  listOf(
    (value, at) =>
      Number.isInteger(value) && (value as number) >= low && (value as number) <= high
        ? undefined
        : { at, what: 'invalid', wanted: `${low} to ${high}` },
    { min: 1 },
  );
const WEEKDAY = oneOf('Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday');
const ZONE = text({
  like: /^(?:UTC(?:[+-]\d\d)?|[A-Z][A-Za-z.()-]*(?: [A-Za-z.()-]+)* Standard Time(?: \([A-Za-z]+\))?)$/,
});
/** The longest intervals, by what the service says of its limits. */
const LONGEST: Readonly<Record<string, number>> = {
  ...{ Second: 9_999_999, Minute: 72_000, Hour: 12_000, Day: 500, Week: 71, Month: 16 },
};
const RECURRENCE_MEMBERS = object({
  frequency: oneOf(...Object.keys(LONGEST)),
  interval: orExpression(whole),
  'startTime?': text({ like: /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?Z?$/ }),
  'endTime?': text(),
  'timeZone?': ZONE,
  'schedule?': object({
    'hours?': numbers(0, 23),
    'minutes?': numbers(0, 59),
    'weekDays?': listOf(WEEKDAY, { min: 1 }),
    'monthDays?': numbers(-31, 31),
    'monthlyOccurrences?': listOf(object({ day: WEEKDAY, 'occurrence?': whole })),
  }),
});
const RECURRENCE: Rule = (value, at) => {
  const complaint = RECURRENCE_MEMBERS(value, at);
  if (complaint) return complaint;
  const { frequency, interval } = value as { frequency: string; interval: number | string };
  const fits = typeof interval === 'string' || (interval >= 1 && interval <= LONGEST[frequency]!);
  return fits ? undefined : { at: `${at}.interval`, what: 'invalid', wanted: `1 to ${LONGEST[frequency]}` };
};

export const TRIGGERS: Readonly<Record<string, Rule>> = {
  Recurrence: object({ ...TRIGGER, recurrence: RECURRENCE }),
  Request: object({
    ...TRIGGER,
    kind: oneOf('Http', 'Button', 'PowerApp'),
    'inputs?': object({
      'schema?': mapOf(anything, text()),
      'method?': oneOf('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'),
      'relativePath?': text(),
      'headersSchema?': anything,
    }),
  }),
};

export const PARAMETER_TYPES = ['String', 'SecureString', 'Int', 'Float', 'Bool', 'Array', 'Object', 'SecureObject'];
const PARAMETER = object({
  type: (value, at) =>
    PARAMETER_TYPES.some((type) => type.toLowerCase() === String(value).toLowerCase())
      ? undefined
      : { at, what: 'invalid', wanted: PARAMETER_TYPES.join(', ') },
  'defaultValue?': anything,
  'allowedValues?': listOf(anything),
  'metadata?': anything,
  'description?': text(),
});

export const DEFINITION = object({
  $schema: text({
    like: /^https:\/\/schema\.management\.azure\.com\/.*schemas\/2016-06-01\/workflowdefinition\.json#$/i,
  }),
  contentVersion: text({ like: /^\d+(?:\.\d+){0,3}$/ }),
  'description?': text(),
  'metadata?': anything,
  'parameters?': mapOf(PARAMETER),
  'triggers?': mapOf(anything),
  'actions?': INNER,
  'outputs?': mapOf(object({ 'type?': text(), value: anything })),
  'staticResults?': anything,
});
