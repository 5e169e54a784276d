/** How an envelope moves: it is sent, viewed, signed turn by turn, completed, declined, voided, reminded of and expired. */
import { expiryOf } from './shapes';
import { DAY_MS, type DocusignState, type Envelope, type EnvelopeStatus, type Mail, type Recipient } from './state';

const EXPIRED = 'Envelope has expired.';

export const isOpen = ({ status }: Envelope): boolean => status === 'sent' || status === 'delivered';

function mail(state: DocusignState, envelope: Envelope, to: Recipient, about: Mail['about'], atMs: number): void {
  // Who signs within an application gets no mail from DocuSign.
  if (to.clientUserId !== null) return;
  const { envelopeId, emailSubject: subject } = envelope;
  state.mails.push({ to: to.email, envelope: envelopeId, about, subject, atMs });
}

export function turn(envelope: Envelope, status: EnvelopeStatus, nowMs: number): void {
  envelope.status = status;
  envelope.changedMs = nowMs;
  envelope.modifiedMs = nowMs;
}

/** Those who have been asked and have not signed. */
export const outstanding = ({ recipients }: Envelope): readonly Recipient[] =>
  recipients.filter((one) => one.kind === 'signer' && ['sent', 'delivered', 'autoresponded'].includes(one.status));

export function send(state: DocusignState, envelope: Envelope, nowMs: number): void {
  envelope.sentMs = nowMs;
  envelope.nextReminderMs = envelope.reminder && nowMs + envelope.reminder.delay * DAY_MS;
  turn(envelope, 'sent', nowMs);
  advance(state, envelope, nowMs);
}

/** Asks the recipients of the next turn; a copy is done as soon as it is its turn. */
function advance(state: DocusignState, envelope: Envelope, nowMs: number): void {
  for (;;) {
    const left = envelope.recipients.filter((one) => one.status !== 'completed');
    const order = Math.min(...left.map((one) => one.routingOrder));
    if (left.length === 0) {
      complete(state, envelope, nowMs);
      return;
    }
    for (const one of left) {
      if (one.routingOrder !== order || one.status !== 'created') continue;
      one.sentMs = nowMs;
      one.status = one.kind === 'carbonCopy' ? 'completed' : 'sent';
      mail(state, envelope, one, one.kind === 'carbonCopy' ? 'copy' : 'sign', nowMs);
    }
    if (left.some((one) => one.routingOrder === order && one.kind === 'signer')) return;
  }
}

function complete(state: DocusignState, envelope: Envelope, nowMs: number): void {
  envelope.completedMs = nowMs;
  turn(envelope, 'completed', nowMs);
  for (const one of envelope.recipients) mail(state, envelope, one, 'completed', nowMs);
}

/** Somebody opens the documents; the envelope counts as delivered when all who sign have. */
export function view(envelope: Envelope, recipient: Recipient, nowMs: number): void {
  envelope.modifiedMs = nowMs;
  if (recipient.status === 'completed') return;
  recipient.status = 'delivered';
  recipient.deliveredMs = nowMs;
  const haveAllSeen = envelope.recipients.every((one) => one.kind !== 'signer' || one.deliveredMs !== null);
  if (!haveAllSeen || envelope.status !== 'sent') return;
  envelope.deliveredMs = nowMs;
  turn(envelope, 'delivered', nowMs);
}

export function sign(state: DocusignState, envelope: Envelope, recipient: Recipient, nowMs: number): void {
  view(envelope, recipient, nowMs);
  recipient.status = 'completed';
  recipient.signedMs = nowMs;
  for (const tab of recipient.tabs) {
    if (tab.kind === 'dateSigned') tab.value = new Date(nowMs).toISOString().slice(0, 10);
    if (tab.kind === 'fullName') tab.value = recipient.name;
  }
  advance(state, envelope, nowMs);
}

export function decline(
  state: DocusignState,
  envelope: Envelope,
  recipient: Recipient,
  reason: string,
  nowMs: number,
): void {
  Object.assign(recipient, { status: 'declined', declinedMs: nowMs, reason });
  envelope.declinedMs = nowMs;
  turn(envelope, 'declined', nowMs);
  for (const one of envelope.recipients) if (one.sentMs !== null) mail(state, envelope, one, 'declined', nowMs);
}

export function voidEnvelope(state: DocusignState, envelope: Envelope, reason: string, nowMs: number): void {
  envelope.voidedMs = nowMs;
  envelope.voidedReason = reason;
  turn(envelope, 'voided', nowMs);
  for (const one of envelope.recipients) if (one.sentMs !== null) mail(state, envelope, one, 'voided', nowMs);
}

/** The invitation goes out again to those whose turn it is, and DocuSign's own reminders count from now. */
export function resend(state: DocusignState, envelope: Envelope, nowMs: number): void {
  envelope.modifiedMs = nowMs;
  envelope.nextReminderMs = envelope.reminder && nowMs + envelope.reminder.delay * DAY_MS;
  for (const one of outstanding(envelope)) mail(state, envelope, one, 'sign', nowMs);
}

/** What time alone has done since the last look: reminders, then the end. */
export function settle(state: DocusignState, nowMs: number): void {
  for (const envelope of state.envelopes) {
    if (!isOpen(envelope)) continue;
    const endMs = expiryOf(envelope) ?? Number.POSITIVE_INFINITY;
    remind(state, envelope, Math.min(endMs, nowMs));
    if (endMs <= nowMs) voidEnvelope(state, envelope, EXPIRED, endMs);
  }
}

function remind(state: DocusignState, envelope: Envelope, untilMs: number): void {
  const { reminder } = envelope;
  while (reminder && envelope.nextReminderMs !== null && envelope.nextReminderMs <= untilMs) {
    for (const one of outstanding(envelope)) mail(state, envelope, one, 'reminder', envelope.nextReminderMs);
    envelope.nextReminderMs = reminder.frequency > 0 ? envelope.nextReminderMs + reminder.frequency * DAY_MS : null;
  }
}
