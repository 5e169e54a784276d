/** A new envelope from a template: its roles become people, its tabs are filled, and it is a draft or is sent. */
import { badParameter, incomplete, refusal } from './errors';
import { send } from './moves';
import { ENVELOPE, type EnvelopeGiven, fitting, type RoleGiven } from './rules';
import { type Desk, type Envelope, guid, type Recipient, type Role, stamp, type Tab } from './state';
import { templateOf } from './templates';

/** What an account of DocuSign has set when nobody has changed it. */
const EXPIRES_AFTER_DAYS = 120;

export function createEnvelope(desk: Desk, body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const given = fitting<EnvelopeGiven>(ENVELOPE, body);
  if (given.templateId === undefined) throw incomplete();
  const template = templateOf(desk, given.templateId);
  const emailSubject = given.emailSubject ?? template.emailSubject;
  if (emailSubject === '') throw incomplete();
  const isSent = given.status === 'sent';
  const recipients = template.roles.map((role) => recipientOf(desk, role, given.templateRoles ?? [], isSent));
  const envelope = draft(desk, given, { emailSubject, recipients });
  desk.state.envelopes.push(envelope);
  if (isSent) send(desk.state, envelope, desk.nowMs);
  const { envelopeId, status, changedMs } = envelope;
  return { envelopeId, uri: `/envelopes/${envelopeId}`, statusDateTime: stamp(changedMs), status };
}

function draft(
  { state, account, token, nowMs }: Desk,
  given: EnvelopeGiven,
  { emailSubject, recipients }: { readonly emailSubject: string; readonly recipients: Recipient[] },
): Envelope {
  return {
    envelopeId: guid(state, 'envelope'),
    account: account.id,
    sender: token.user,
    integration: token.integration,
    templateId: given.templateId ?? '',
    emailSubject,
    emailBlurb: given.emailBlurb ?? '',
    // A number of ours does not make a second envelope impossible: it can be looked for, that is all.
    transactionId: given.transactionId ?? null,
    customFields: (given.customFields?.textCustomFields ?? []).map(({ name, value, show, required }) => ({
      fieldId: guid(state, 'field'),
      name,
      value,
      show: show ?? 'false',
      required: required ?? 'false',
    })),
    ...noticesOf(given),
    createdMs: nowMs,
    recipients,
    status: 'created',
    changedMs: nowMs,
    modifiedMs: nowMs,
    sentMs: null,
    deliveredMs: null,
    completedMs: null,
    declinedMs: null,
    voidedMs: null,
    voidedReason: null,
    nextReminderMs: null,
  };
}

function noticesOf({ notification }: EnvelopeGiven): Pick<Envelope, 'expireAfter' | 'reminder'> {
  const { reminders, expirations } = notification ?? {};
  const isOver = expirations === undefined || expirations.expireEnabled === 'true';
  const isReminded = reminders?.reminderEnabled === 'true';
  return {
    expireAfter: isOver ? Number(expirations?.expireAfter ?? EXPIRES_AFTER_DAYS) : null,
    reminder: isReminded
      ? { delay: Number(reminders.reminderDelay ?? 0), frequency: Number(reminders.reminderFrequency ?? 0) }
      : null,
  };
}

/** A role finds its person by its exact name. An envelope is not sent while one has nobody. */
function recipientOf(desk: Desk, role: Role, given: readonly RoleGiven[], isSent: boolean): Recipient {
  const person = given.find((one) => one.roleName === role.roleName);
  const name = person?.name ?? role.name ?? '';
  const email = person?.email ?? role.email ?? '';
  if (isSent) checkPerson(role, name, email);
  return {
    kind: role.kind,
    recipientId: role.recipientId,
    guid: guid(desk.state, 'recipient'),
    roleName: role.roleName,
    routingOrder: role.routingOrder,
    clientUserId: person?.clientUserId ?? null,
    name,
    email,
    status: 'created',
    sentMs: null,
    deliveredMs: null,
    signedMs: null,
    declinedMs: null,
    reason: null,
    tabs: filled(role.tabs, person?.tabs),
  };
}

export function checkPerson({ recipientId }: { readonly recipientId: string }, name: string, email: string): void {
  if (email === '')
    throw refusal(400, 'UNSPECIFIED_EMAIL', 'The recipient you have identified is missing a required email address.');
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    throw refusal(
      400,
      'INVALID_EMAIL_ADDRESS_FOR_RECIPIENT',
      `The email address for the recipient is invalid. The recipient Id follows. ${recipientId}`,
    );
  if (name.trim() === '')
    throw refusal(
      400,
      'INVALID_USERNAME_FOR_RECIPIENT',
      `The user name for the recipient is invalid. The recipient Id follows. ${recipientId}`,
    );
}

/** Fills tabs by label. One that the template lacks would be a new tab, and a new tab wants a place on a page. */
function filled(design: readonly Tab[], given: RoleGiven['tabs'] = {}): Tab[] {
  const tabs = design.map((tab) => ({ ...tab }));
  const put = (kind: Tab['kind'], label: string, value: string): void => {
    const same = tabs.filter((tab) => tab.kind === kind && tab.tabLabel === label);
    if (same.length === 0)
      throw refusal(400, 'TAB_PAGE_IS_NOT_SPECIFIED', `A page number is missing for the tab '${label}'.`);
    for (const tab of same) {
      checkValue(tab, value);
      tab.value = value;
    }
  };
  for (const { tabLabel, value } of given.textTabs ?? []) put('text', tabLabel, value);
  for (const { tabLabel, value } of given.listTabs ?? []) put('list', tabLabel, value);
  for (const { tabLabel, selected } of given.checkboxTabs ?? []) put('checkbox', tabLabel, selected);
  return tabs;
}

function checkValue({ kind, tabLabel, items = [], maxLength = 4000 }: Tab, value: string): void {
  if (kind === 'list' && !items.includes(value))
    throw badParameter(`The value of the list tab '${tabLabel}' is none of its items.`);
  if (kind === 'text' && value.length > maxLength)
    throw badParameter(`The value of the text tab '${tabLabel}' is longer than ${maxLength} characters.`);
}
