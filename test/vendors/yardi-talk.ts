/** A small client for the Yardi sandbox: SOAP envelopes with the interface's credentials, and what comes back as elements. */
import { SMALL_PORTFOLIO } from '../../local/vendors/gateway/portfolio';
import { VOYAGER_HOST, type YardiState, yardiBreeze } from '../../local/vendors/yardi-breeze';
import { NAMESPACE } from '../../local/vendors/yardi-breeze/soap';
import type { Credentials } from '../../local/vendors/yardi-breeze/state';
import { CREDENTIALS } from '../../local/vendors/yardi-breeze/voyager';
import { type Element, parsed, xml } from '../../local/vendors/yardi-breeze/xml';
import { Talk, WEDNESDAY_MS } from './talk';

/** `name` is one element's name, or a way down to it: `Charge Detail Amount`. */
export function allOf(element: Element, way: string): Element[] {
  const [first, ...rest] = way.split(' ');
  const found = element.children.flatMap((one) => [...(one.name === first ? [one] : []), ...allOf(one, first!)]);
  return rest.length === 0 ? found : found.flatMap((one) => allOf(one, rest.join(' ')));
}

export const textsOf = (element: Element, way: string): string[] => allOf(element, way).map(({ text }) => text);

/** A parameter's value: text, or XML that is written already. */
type Value = string | { readonly xml: string };

export class YardiTalk extends Talk<YardiState> {
  constructor(nowMs = WEDNESDAY_MS) {
    super(yardiBreeze, yardiBreeze.start(), nowMs);
    yardiBreeze.load!(this.state, SMALL_PORTFOLIO, nowMs);
  }

  get voyager() {
    return this.state.voyager;
  }

  get url(): string {
    return `https://${VOYAGER_HOST}/${this.voyager.client}/webservices/ItfResidentTransactions20.asmx`;
  }

  envelope(operation: string, values: Readonly<Record<string, Value>>): string {
    const parts = Object.entries(values).map(([name, value]) =>
      xml(name, typeof value === 'string' ? value : [value.xml]),
    );
    const body = xml('s:Body', [xml(operation, parts, { xmlns: NAMESPACE })]);
    return xml('s:Envelope', [body], { 'xmlns:s': 'http://schemas.xmlsoap.org/soap/envelope/' });
  }

  raw(operation: string, body: string, headers: Record<string, string> = {}) {
    const own = { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${NAMESPACE}/${operation}"` };
    const reply = this.send('POST', this.url, { ...own, ...headers }, body);
    const isXml = reply.headers['content-type']?.startsWith('text/xml');
    return { status: reply.status, body: reply.body, root: isXml ? parsed(reply.body) : undefined };
  }

  /** What the operation's result holds. */
  call(operation: string, values: Readonly<Record<string, Value>> = {}, credentials: Partial<Credentials> = {}) {
    const login = { ...this.voyager.credentials, ...credentials };
    const all = { ...Object.fromEntries(CREDENTIALS.map((name) => [name, login[name]])), ...values };
    const { status, root, body } = this.raw(operation, this.envelope(operation, all));
    const result = root && allOf(root, `${operation}Result`)[0];
    return { status, body, result: result?.children[0] as Element, fault: root && textsOf(root, 'faultstring')[0] };
  }

  /** The texts of messages, with their type before them. */
  told(operation: string, values: Readonly<Record<string, Value>> = {}, credentials: Partial<Credentials> = {}) {
    const { result } = this.call(operation, values, credentials);
    return allOf({ ...result, children: [result] }, 'Message').map(
      (one) => `${one.attributes.messageType}: ${one.text}`,
    );
  }

  window(operation: string, property = '101', from = '2026-12-01', to = '2026-12-31') {
    const values = { YardiPropertyId: property, FromDate: `${from}T00:00:00`, ToDate: `${to}T00:00:00` };
    return this.call(operation, values).result;
  }

  of(operation: string, property = '101') {
    return this.call(operation, { YardiPropertyId: property }).result;
  }
}

export type Detail = Readonly<Record<string, string>>;

export const CHARGE: Detail = {
  Description: 'Rent',
  TransactionDate: '2026-12-01',
  ServiceToDate: '2026-12-31',
  ChargeCode: 'rent',
  CustomerID: '5001',
  Amount: '1250.00',
  Comment: 'RL rent:L-1:2026-12',
  PropertyPrimaryID: '101',
};
export const RECEIPT: Detail = {
  DocumentNumber: 'RL-444',
  TransactionDate: '2026-12-02',
  CustomerID: '5001',
  Amount: '1000.00',
  Comment: 'Card',
  PropertyPrimaryID: '101',
};

const detailOf = (detail: Detail): string =>
  xml(
    'Detail',
    Object.entries(detail).map(([name, value]) =>
      name === 'Reversal' ? xml(name, '', { Type: value }) : xml(name, value),
    ),
  );
export const chargeXml = (detail: Detail): string => xml('Charge', [detailOf(detail)]);
export const receiptXml = (detail: Detail, Type = 'ACH'): string => xml('Payment', [detailOf(detail)], { Type });

/** A document with these lines, as a parameter. */
export function transactionXml(...lines: readonly string[]): { TransactionXml: Value } {
  const levels = ['RTServiceTransactions', 'RT_Customer', 'Property', 'ResidentTransactions'];
  const written = lines.map((line) => xml('Transactions', [line]));
  return { TransactionXml: { xml: levels.reduce((inner, name) => xml(name, [inner]), written.join('')) } };
}
