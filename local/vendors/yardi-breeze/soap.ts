/** SOAP 1.1 as an ASP.NET service speaks it: an envelope in, an envelope or a fault out, one operation a call. */
import { mediaType, Refused } from '../kit/reply';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { childOf, type Element, parsed, XmlError, xml } from './xml';

export const NAMESPACE = 'http://tempuri.org/YSI.Interfaces.WebServices/ItfResidentTransactions20';
const ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/';
const INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';
const SCHEMA = 'http://www.w3.org/2001/XMLSchema';

function enveloped(status: number, body: string): SandboxReply {
  const spaces = { 'xmlns:soap': ENVELOPE, 'xmlns:xsi': INSTANCE, 'xmlns:xsd': SCHEMA };
  const envelope = xml('soap:Envelope', [xml('soap:Body', [body])], spaces);
  return {
    status,
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body: `<?xml version="1.0" encoding="utf-8"?>${envelope}`,
  };
}

/** `side` says whose mistake it is. */
export function fault(side: 'Client' | 'Server', text: string): Refused {
  const parts = [xml('faultcode', `soap:${side}`), xml('faultstring', text), xml('detail', '')];
  return new Refused(enveloped(500, xml('soap:Fault', parts)));
}

/** `result` is XML that is written already. */
export function answered(operation: string, result: string): SandboxReply {
  const inner = [xml(`${operation}Result`, [result])];
  return enveloped(200, xml(`${operation}Response`, inner, { xmlns: NAMESPACE }));
}

export interface Call {
  readonly operation: string;
  readonly parameters: ReadonlyMap<string, Element>;
}

/** What is asked for, by the SOAPAction header and the body alike. */
export function callIn(request: SandboxRequest, operations: readonly string[]): Call {
  if (mediaType(request) !== 'text/xml')
    throw new Refused({ status: 415, headers: { 'content-type': 'text/html' }, body: 'Unsupported Media Type' });
  const action = request.headers.soapaction ?? '';
  const operation = operations.find((one) => action === `"${NAMESPACE}/${one}"`);
  if (!operation) throw fault('Client', `Server did not recognize the value of HTTP Header SOAPAction: ${action}.`);
  const body = childOf(envelopeIn(request.body), 'Body');
  const [asked, ...more] = body?.children ?? [];
  if (!asked || more.length > 0 || asked.name !== operation || asked.namespace !== NAMESPACE)
    throw fault('Client', `Server was unable to read request. The body has to hold ${operation} of ${NAMESPACE}.`);
  const parameters = new Map<string, Element>();
  for (const child of asked.children) {
    if (parameters.has(child.name) || child.namespace !== NAMESPACE)
      throw fault('Client', `Server was unable to read request. ${child.name} is not expected.`);
    parameters.set(child.name, child);
  }
  return { operation, parameters };
}

function envelopeIn(text: string): Element {
  let root: Element;
  try {
    root = parsed(text);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw fault('Client', `Server was unable to read request. There is an error in XML document: ${error.message}`);
  }
  if (root.name !== 'Envelope' || root.namespace !== ENVELOPE)
    throw fault('Client', 'Server was unable to read request. The envelope is not of SOAP 1.1.');
  return root;
}

/** What the interface has to say about a call comes with HTTP 200. */
export const messages = (type: 'Error' | 'FYI', texts: readonly string[]): string =>
  xml(
    'Messages',
    texts.map((text) => xml('Message', text, { messageType: type })),
  );

/** A call that the interface refuses, in words: thrown below, answered as the operation's result. */
export class Told extends Error {
  constructor(readonly texts: readonly string[]) {
    super(texts.join(' '));
  }
}
