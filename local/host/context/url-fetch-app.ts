/** UrlFetchApp, context side: options become one normal form, replies become HTTPResponse objects. */
import { Blob } from './blob';
import { call } from './bridge';
import { fromBinary, textToBinary, toBinary } from './bytes';
import { isBytes, isString, mismatch } from './types-of';

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Options = Readonly<Record<string, unknown>>;

/** Servers write `Content-Type`; an app that looks for lower case only must fail here too. */
function asSent(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
}

class HTTPResponse {
  constructor(private readonly reply: Reply) {}

  getResponseCode(): number {
    return this.reply.status;
  }
  getContentText(_charset?: string): string {
    return this.reply.body;
  }
  getContent(): number[] {
    return fromBinary(textToBinary(this.reply.body));
  }
  getHeaders(): Record<string, string> {
    return Object.fromEntries(Object.entries(this.reply.headers).map(([name, value]) => [asSent(name), value]));
  }
  getAllHeaders(): Record<string, string | string[]> {
    const entries = Object.entries(this.reply.headers).map(([name, value]) => {
      const values = name === 'set-cookie' ? value.split('\n') : [value];
      return [asSent(name), values.length > 1 ? values : value] as const;
    });
    return Object.fromEntries(entries);
  }
  getBlob(): Blob {
    const type = this.reply.headers['content-type']?.split(';')[0] ?? null;
    return new Blob(textToBinary(this.reply.body), type, null);
  }
  getAs(_type: string): Blob {
    return this.getBlob();
  }
  toString(): string {
    return 'HTTPResponse';
  }
}

/** RFC 3986 form text, spaces as plus signs. */
function formText(fields: Readonly<Record<string, unknown>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&')
    .replace(/%20/g, '+');
}

const BOUNDARY = '----RentLedgerFormBoundary';

/** An object with a file in it goes out as multipart, without one as a form. */
function multipart(fields: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(fields).map(([name, value]) => {
    if (!(value instanceof Blob)) {
      const field = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`;
      return `${field}${textToBinary(String(value))}\r\n`;
    }
    const head = `Content-Disposition: form-data; name="${name}"; filename="${value.getName() ?? name}"`;
    return `--${BOUNDARY}\r\n${head}\r\nContent-Type: ${value.getContentType()}\r\n\r\n${value.asBinary()}\r\n`;
  });
  return `${parts.join('')}--${BOUNDARY}--\r\n`;
}

interface Payload {
  readonly payload?: string;
  readonly isBinary?: boolean;
  readonly contentType?: string;
}

function payloadOf(value: unknown): Payload {
  if (value === undefined || value === null) return {};
  if (isString(value)) return { payload: value };
  if (value instanceof Blob) {
    const contentType = value.getContentType();
    return { payload: value.asBinary(), isBinary: true, ...(contentType === null ? {} : { contentType }) };
  }
  if (isBytes(value)) return { payload: toBinary(value), isBinary: true };
  const fields = value as Record<string, unknown>;
  if (!Object.values(fields).some((field) => field instanceof Blob)) return { payload: formText(fields) };
  return { payload: multipart(fields), isBinary: true, contentType: `multipart/form-data; boundary=${BOUNDARY}` };
}

function headersOf(value: unknown): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries((value ?? {}) as Record<string, unknown>).map(([name, content]) => [
      name,
      content === null || content === undefined ? null : String(content),
    ]),
  );
}

function specOf(url: unknown, options: Options, method: string): object {
  if (!isString(url)) throw mismatch([url, options], `UrlFetchApp.${method}`);
  const { contentType } = options;
  return {
    url,
    method: String(options.method ?? 'get').toLowerCase(),
    headers: headersOf(options.headers),
    ...payloadOf(options.payload),
    ...(contentType === undefined || contentType === null ? {} : { contentType: String(contentType) }),
    mute: options.muteHttpExceptions === true,
    follow: options.followRedirects !== false,
  };
}

export const UrlFetchApp = {
  fetch(...args: unknown[]): HTTPResponse {
    const [url, options = {}] = args;
    if (typeof options !== 'object' || options === null) throw mismatch(args, 'UrlFetchApp.fetch');
    const replies = call('UrlFetchApp', 'fetch', [[specOf(url, options as Options, 'fetch')]]) as Reply[];
    return new HTTPResponse(replies[0] as Reply);
  },
  fetchAll(requests: unknown): HTTPResponse[] {
    if (!Array.isArray(requests)) throw mismatch([requests], 'UrlFetchApp.fetchAll');
    const specs = requests.map((request: unknown) => {
      const options: Options = isString(request) ? { url: request } : (request as Options);
      return specOf(options.url, options, 'fetchAll');
    });
    if (specs.length === 0) return [];
    return (call('UrlFetchApp', 'fetchAll', [specs]) as Reply[]).map((reply) => new HTTPResponse(reply));
  },
  /** The request as it would be sent; `contentType` is a field of its own and no header. */
  getRequest(...args: unknown[]): Record<string, unknown> {
    const [url, options = {}] = args;
    if (!isString(url) || typeof options !== 'object' || options === null)
      throw mismatch(args, 'UrlFetchApp.getRequest');
    const given = options as Options;
    const { payload, contentType } = payloadOf(given.payload);
    const type =
      given.contentType ?? contentType ?? (payload === undefined ? undefined : 'application/x-www-form-urlencoded');
    return {
      url,
      method: String(given.method ?? 'get').toLowerCase(),
      ...(type === undefined ? {} : { contentType: type }),
      ...(payload === undefined ? {} : { payload }),
      headers: given.headers ?? {},
      followRedirects: given.followRedirects !== false,
      validateHttpsCertificates: given.validateHttpsCertificates !== false,
      useIntranet: given.useIntranet === true,
    };
  },
  toString(): string {
    return 'UrlFetchApp';
  },
};
