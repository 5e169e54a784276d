/** Apps Script as the core's host: one thin adapter per port, the only code that names Google's globals. */
import type { Instant } from '../domain/values';
import type {
  Cache,
  Cell,
  Digest,
  Host,
  HttpReply,
  HttpRequest,
  Lock,
  Mail,
  Selection,
  Session,
  Store,
  Transport,
  Triggers,
  Workbook,
  WorkbookShape,
} from '../ports';

export function gasHost(): Host {
  return {
    workbook: workbook(),
    transport: transport(),
    userStore: store(() => PropertiesService.getUserProperties()),
    documentStore: store(documentProperties),
    cache: documentCache(),
    pageCache: scriptCache(),
    selection: selection(),
    lock: scriptLock(),
    clock: { now: () => Date.now() as Instant },
    mail: mail(),
    triggers: triggers(),
    digest: digest(),
    session: session(),
    note: (line) => console.log(line),
  };
}

function documentProperties(): GoogleAppsScript.Properties.Properties {
  const properties = PropertiesService.getDocumentProperties();
  if (!properties) throw new Error('Rent Ledger must be bound to a spreadsheet. Open it from Extensions in the Sheet.');
  return properties;
}

/** Advanced services are missing when the manifest does not name them: a person may have edited it. */
function missing(service: string): never {
  throw new Error(`The ${service} service is switched off in the script project. Add it under Services.`);
}

const sheetsApi = () => Sheets?.Spreadsheets ?? missing('Sheets');
const sendMail = (raw: string, threadId?: string) =>
  Gmail?.Users.Messages.send({ raw, ...(threadId ? { threadId } : {}) }, 'me') ?? missing('Gmail');

function workbook(): Workbook {
  let ownId: string | undefined;
  /** Asked once in an execution, because each call to a service takes time. */
  const spreadsheetId = () => {
    ownId ??= SpreadsheetApp.getActiveSpreadsheet().getId();
    return ownId;
  };
  return {
    read(ranges) {
      const reply = sheetsApi().Values.batchGet(spreadsheetId(), {
        ranges: [...ranges],
        valueRenderOption: 'UNFORMATTED_VALUE',
        dateTimeRenderOption: 'SERIAL_NUMBER',
        majorDimension: 'ROWS',
      });
      return (reply.valueRanges ?? []).map((range) => (range.values ?? []) as Cell[][]);
    },
    commit(requests) {
      const reply = sheetsApi().batchUpdate(
        { requests: [...requests] as GoogleAppsScript.Sheets.Schema.Request[] },
        spreadsheetId(),
      );
      return reply.replies ?? [];
    },
    get: (fields, ranges) =>
      sheetsApi().get(spreadsheetId(), {
        fields,
        ...(ranges ? { ranges: [...ranges] } : {}),
      }) as Readonly<Record<string, unknown>>,
    shape: () =>
      shapeOf(
        sheetsApi().get(spreadsheetId(), {
          fields:
            'spreadsheetId,properties(title,locale,timeZone),sheets.properties(sheetId,title,hidden,gridProperties(rowCount,columnCount))',
        }),
      ),
  };
}

function shapeOf(reply: GoogleAppsScript.Sheets.Schema.Spreadsheet): WorkbookShape {
  const sheets = (reply.sheets ?? []).map(({ properties }) => ({
    id: properties?.sheetId ?? 0,
    title: properties?.title ?? '',
    rows: properties?.gridProperties?.rowCount ?? 0,
    columns: properties?.gridProperties?.columnCount ?? 0,
    hidden: properties?.hidden ?? false,
  }));
  return {
    id: reply.spreadsheetId ?? '',
    title: reply.properties?.title ?? '',
    locale: reply.properties?.locale ?? 'en_US',
    timeZone: reply.properties?.timeZone ?? 'Etc/UTC',
    sheets,
  };
}

function transport(): Transport {
  return {
    fetchAll(requests) {
      if (requests.length === 0) return [];
      try {
        return UrlFetchApp.fetchAll(requests.map(fetchRequest)).map(replyOf);
      } catch (error) {
        // One broken connection makes fetchAll throw for all: alone, each gets its own answer, if it may be asked again.
        if (requests.length === 1) return [asError(error)];
        return requests.map((request) => (isRepeatable(request) ? alone(request) : asError(error)));
      }
    },
  };
}

/** A read, or a write with the vendor's idempotency key: the vendor may have acted on it already. */
const isRepeatable = ({ method, reads, keyed, headers }: HttpRequest): boolean =>
  method === 'GET' ||
  reads === true ||
  keyed === true ||
  Object.keys(headers).some((name) => name.toLowerCase() === 'idempotency-key');

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

function alone(request: HttpRequest): HttpReply | Error {
  try {
    return replyOf(UrlFetchApp.fetch(request.url, fetchRequest(request)));
  } catch (error) {
    return asError(error);
  }
}

function fetchRequest(request: HttpRequest): GoogleAppsScript.URL_Fetch.URLFetchRequest {
  return {
    url: request.url,
    method: request.method.toLowerCase() as GoogleAppsScript.URL_Fetch.HttpMethod,
    headers: { ...request.headers },
    muteHttpExceptions: true,
    followRedirects: false,
    ...(request.body === undefined
      ? {}
      : { payload: request.body, contentType: request.contentType ?? 'application/json' }),
  };
}

function replyOf(response: GoogleAppsScript.URL_Fetch.HTTPResponse): HttpReply {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.getAllHeaders()))
    headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value);
  return { status: response.getResponseCode(), headers, body: response.getContentText('UTF-8') };
}

function store(properties: () => GoogleAppsScript.Properties.Properties): Store {
  return {
    get: (name) => properties().getProperty(name) ?? undefined,
    set: (name, value) => void properties().setProperty(name, value),
    setAll: (values) => void properties().setProperties({ ...values }),
    remove: (name) => void properties().deleteProperty(name),
    all: () => properties().getProperties(),
  };
}

/** What `ask` gives, or undefined when Google fails: for what a run can do without. */
function attempt<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}

/** Null outside of the file, as in the web app: then nothing is kept, and everything is found anew. */
export const documentCache = (): Cache => cacheOf(() => CacheService.getDocumentCache());

/** The one that the web app and the clock share. */
const scriptCache = (): Cache => cacheOf(() => CacheService.getScriptCache());

function cacheOf(open: () => GoogleAppsScript.Cache.Cache | null): Cache {
  return {
    get: (name) => attempt(() => open()?.get(name)) ?? undefined,
    put: (name, value, seconds) => void attempt(() => open()?.put(name, value, seconds)),
    remove: (name) => void attempt(() => open()?.remove(name)),
  };
}

function selection(): Selection {
  return {
    current: () =>
      attempt(() => {
        const cell = SpreadsheetApp.getCurrentCell();
        return cell ? { tab: cell.getSheet().getName(), row: cell.getRow() } : undefined;
      }),
  };
}

/**
 * The script's own lock, since the web app, where residents act, has no document lock. A script that is bound to a file has
 * that one file, so that the two locks hold the same people.
 */
function scriptLock(): Lock {
  let held: GoogleAppsScript.Lock.Lock | undefined;
  return {
    take(waitMs) {
      const lock = LockService.getScriptLock();
      if (!lock.tryLock(waitMs)) return false;
      held = lock;
      return true;
    },
    release() {
      // No flush: the Sheets API has written when it answers, and nothing is written through SpreadsheetApp.
      held?.releaseLock();
      held = undefined;
    },
  };
}

/** `gmail.send` cannot read the quota that is left, so what was sent today is counted in a property. */
const MAIL_DAY = 'mail-sent';
const MAIL_PER_DAY = 'mail-per-day';
const CONSUMER_RECIPIENTS = 100;
const DAY_MS = 86_400_000;

function mail(): Mail {
  const sentSince = (): { since: number; recipients: number } => {
    const stored = PropertiesService.getUserProperties().getProperty(MAIL_DAY);
    const value = stored ? (JSON.parse(stored) as { since: number; recipients: number }) : undefined;
    return value && Date.now() - value.since < DAY_MS ? value : { since: Date.now(), recipients: 0 };
  };
  const perDay = () => Number(PropertiesService.getUserProperties().getProperty(MAIL_PER_DAY)) || CONSUMER_RECIPIENTS;
  return {
    send(raw, recipients, threadId) {
      const counted = sentSince();
      const sent = sendMail(raw, threadId);
      PropertiesService.getUserProperties().setProperty(
        MAIL_DAY,
        JSON.stringify({ ...counted, recipients: counted.recipients + recipients }),
      );
      return { id: sent.id ?? '', threadId: sent.threadId ?? '' };
    },
    remaining: () => Math.max(0, perDay() - sentSince().recipients),
    perDay,
  };
}

function triggers(): Triggers {
  return {
    list: () =>
      ScriptApp.getProjectTriggers().map((trigger) => ({
        id: trigger.getUniqueId(),
        handler: trigger.getHandlerFunction(),
      })),
    everyMinutes: (handler, minutes) => void ScriptApp.newTrigger(handler).timeBased().everyMinutes(minutes).create(),
    everyHour: (handler) => void ScriptApp.newTrigger(handler).timeBased().everyHours(1).create(),
    onEdit: (handler) =>
      void ScriptApp.newTrigger(handler).forSpreadsheet(SpreadsheetApp.getActiveSpreadsheet()).onEdit().create(),
    after: (handler, ms) => void ScriptApp.newTrigger(handler).timeBased().after(ms).create(),
    remove(id) {
      const trigger = ScriptApp.getProjectTriggers().find((each) => each.getUniqueId() === id);
      if (trigger) ScriptApp.deleteTrigger(trigger);
    },
  };
}

function digest(): Digest {
  const hex = (bytes: readonly number[]) =>
    bytes.map((byte) => ((byte + 256) % 256).toString(16).padStart(2, '0')).join('');
  return {
    hmac: (text, secret) => hex(Utilities.computeHmacSha256Signature(text, secret, Utilities.Charset.UTF_8)),
    uuid: () => Utilities.getUuid(),
    base64url: (text) => Utilities.base64EncodeWebSafe(text, Utilities.Charset.UTF_8).replace(/=+$/, ''),
    rs256: (text, pem) =>
      Utilities.base64EncodeWebSafe(Utilities.computeRsaSha256Signature(text, pem, Utilities.Charset.UTF_8)).replace(
        /=+$/,
        '',
      ),
  };
}

function session(): Session {
  return {
    activeUser: () => Session.getActiveUser().getEmail(),
    effectiveUser: () => Session.getEffectiveUser().getEmail(),
    webAddress: () => ScriptApp.getService()?.getUrl() ?? '',
    token: () => ScriptApp.getOAuthToken(),
  };
}
