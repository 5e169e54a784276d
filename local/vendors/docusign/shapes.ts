/** Envelopes, recipients and tabs in DocuSign's own JSON. */
import { type Envelope, type Recipient, stamp, type Tab, type TabKind } from './state';

const LISTS: Readonly<Record<TabKind, string>> = {
  text: 'textTabs',
  checkbox: 'checkboxTabs',
  list: 'listTabs',
  signHere: 'signHereTabs',
  dateSigned: 'dateSignedTabs',
  fullName: 'fullNameTabs',
};

type Json = Record<string, unknown>;

function shownTab(tab: Tab, at: number, recipientId: string): Json {
  const place = { documentId: '1', pageNumber: '1', xPosition: '72', yPosition: String(100 + 24 * at) };
  const whole = { tabId: `${recipientId}-${at + 1}`, tabLabel: tab.tabLabel, recipientId, ...place };
  switch (tab.kind) {
    case 'signHere':
      return { ...whole, name: tab.tabLabel, optional: String(!tab.required), tabType: 'signhere' };
    case 'checkbox':
      return { ...whole, selected: tab.value || 'false', locked: String(tab.locked), tabType: 'checkbox' };
    case 'dateSigned':
    case 'fullName':
      return { ...whole, value: tab.value, tabType: tab.kind.toLowerCase() };
    case 'list': {
      const listItems = (tab.items ?? []).map((item) => ({
        text: item,
        value: item,
        selected: String(item === tab.value),
      }));
      return { ...whole, value: tab.value, listItems, required: String(tab.required), tabType: 'list' };
    }
    default:
      return {
        ...whole,
        value: tab.value,
        required: String(tab.required),
        locked: String(tab.locked),
        maxLength: String(tab.maxLength ?? 4000),
        tabType: 'text',
      };
  }
}

/** Tabs by the lists that DocuSign keeps them in. */
export function shownTabs(tabs: readonly Tab[], recipientId: string): Json {
  const lists: Record<string, Json[]> = {};
  for (const [at, tab] of tabs.entries()) {
    const list = lists[LISTS[tab.kind]] ?? [];
    lists[LISTS[tab.kind]] = list;
    list.push(shownTab(tab, at, recipientId));
  }
  return lists;
}

/** A moment that may not have come yet. */
const when = (name: string, ms: number | null): Json => (ms === null ? {} : { [name]: stamp(ms) });

function shownRecipient(one: Recipient, withTabs: boolean): Json {
  return {
    name: one.name,
    email: one.email,
    recipientId: one.recipientId,
    recipientIdGuid: one.guid,
    roleName: one.roleName,
    routingOrder: String(one.routingOrder),
    status: one.status,
    requireIdLookup: 'false',
    deliveryMethod: 'email',
    completedCount: '0',
    ...(one.clientUserId === null ? {} : { clientUserId: one.clientUserId }),
    ...when('sentDateTime', one.sentMs),
    ...when('deliveredDateTime', one.deliveredMs),
    ...when('signedDateTime', one.signedMs),
    ...when('declinedDateTime', one.declinedMs),
    ...(one.status === 'declined' ? { declinedReason: one.reason } : {}),
    ...(one.status === 'autoresponded' ? { autoRespondedReason: one.reason } : {}),
    ...(withTabs ? { tabs: shownTabs(one.tabs, one.recipientId) } : {}),
  };
}

export function shownRecipients(recipients: readonly Recipient[], withTabs = false): Json {
  const of = (kind: Recipient['kind']) =>
    recipients.filter((one) => one.kind === kind).map((one) => shownRecipient(one, withTabs));
  const turns = recipients.filter((one) => one.status !== 'completed').map((one) => one.routingOrder);
  return {
    signers: of('signer'),
    agents: [],
    editors: [],
    intermediaries: [],
    carbonCopies: of('carbonCopy'),
    certifiedDeliveries: [],
    inPersonSigners: [],
    recipientCount: String(recipients.length),
    currentRoutingOrder: String(turns.length > 0 ? Math.min(...turns) : 1),
  };
}

const address = ({ envelopeId }: Envelope, part = ''): string => `/envelopes/${envelopeId}${part}`;

/** When it will expire, in milliseconds; null where it never does, or is not sent. */
export const expiryOf = ({ sentMs, expireAfter }: Envelope): number | null =>
  sentMs === null || expireAfter === null ? null : sentMs + expireAfter * 86_400_000;

/** `includes` are the words of the query of that name. */
export function shownEnvelope(envelope: Envelope, includes: readonly string[] = []): Json {
  const { sentMs } = envelope;
  return {
    status: envelope.status,
    envelopeId: envelope.envelopeId,
    emailSubject: envelope.emailSubject,
    emailBlurb: envelope.emailBlurb,
    envelopeUri: address(envelope),
    documentsUri: address(envelope, '/documents'),
    documentsCombinedUri: address(envelope, '/documents/combined'),
    certificateUri: address(envelope, '/documents/certificate'),
    recipientsUri: address(envelope, '/recipients'),
    customFieldsUri: address(envelope, '/custom_fields'),
    notificationUri: address(envelope, '/notification'),
    templatesUri: address(envelope, '/templates'),
    createdDateTime: stamp(envelope.createdMs),
    lastModifiedDateTime: stamp(envelope.modifiedMs),
    statusChangedDateTime: stamp(envelope.changedMs),
    ...when('initialSentDateTime', sentMs),
    ...when('sentDateTime', sentMs),
    ...when('deliveredDateTime', envelope.deliveredMs),
    ...when('completedDateTime', envelope.completedMs),
    ...when('declinedDateTime', envelope.declinedMs),
    ...when('voidedDateTime', envelope.voidedMs),
    ...(envelope.voidedReason === null ? {} : { voidedReason: envelope.voidedReason }),
    ...(envelope.transactionId === null ? {} : { transactionId: envelope.transactionId }),
    expireEnabled: String(envelope.expireAfter !== null),
    ...(envelope.expireAfter === null ? {} : { expireAfter: String(envelope.expireAfter) }),
    ...when('expireDateTime', expiryOf(envelope)),
    allowReassign: 'true',
    autoNavigation: 'true',
    enableWetSign: 'true',
    purgeState: 'unpurged',
    is21CFRPart11: 'false',
    isSignatureProviderEnvelope: 'false',
    ...(includes.includes('custom_fields')
      ? { customFields: { textCustomFields: envelope.customFields, listCustomFields: [] } }
      : {}),
    ...(includes.includes('recipients') || includes.includes('tabs')
      ? { recipients: shownRecipients(envelope.recipients, includes.includes('tabs')) }
      : {}),
  };
}
