/** One envelope: told, with its recipients, and changed: sent, sent again, voided. */
import { checkPerson } from './create';
import { badParameter, refusal } from './errors';
import { isOpen, resend, send, voidEnvelope } from './moves';
import { countEnvelopeCall, notePoll } from './polls';
import { CHANGE, fitting, queryIn, wordsIn } from './rules';
import { shownEnvelope, shownRecipients } from './shapes';
import type { Desk, Envelope } from './state';

type Json = Record<string, unknown>;

const missing = () =>
  refusal(404, 'ENVELOPE_DOES_NOT_EXIST', 'The envelope specified either does not exist or you have no rights to it.');

function envelopeOf({ state, account }: Desk, id: string): Envelope {
  const found = state.envelopes.find((one) => one.envelopeId === id && one.account === account.id);
  if (!found) throw missing();
  return found;
}

export function getEnvelope(desk: Desk, id: string, url: URL): Json {
  const envelope = envelopeOf(desk, id);
  countEnvelopeCall(desk, 'GET', id);
  notePoll(desk, id);
  return shownEnvelope(envelope, wordsIn(queryIn(url, ['include', 'advanced_update']).include));
}

export function getRecipients(desk: Desk, id: string, url: URL): Json {
  const envelope = envelopeOf(desk, id);
  countEnvelopeCall(desk, 'GET', id);
  notePoll(desk, id, '/recipients');
  const { include_tabs: tabs } = queryIn(url, ['include_tabs', 'include_extended', 'include_metadata']);
  return shownRecipients(envelope.recipients, tabs === 'true');
}

export function changeEnvelope(desk: Desk, id: string, url: URL, body: Readonly<Record<string, unknown>>): Json {
  const { resend_envelope: again } = queryIn(url, ['resend_envelope', 'advanced_update']);
  const envelope = envelopeOf(desk, id);
  countEnvelopeCall(desk, 'PUT', id);
  const { status, voidedReason } = fitting<{ status?: 'sent' | 'voided'; voidedReason?: string }>(CHANGE, body);
  if (status === 'voided') endIt(desk, envelope, voidedReason);
  else if (status === 'sent') sendIt(desk, envelope);
  else if (again === 'true') sendAgain(desk, envelope);
  return { envelopeId: envelope.envelopeId };
}

function endIt({ state, nowMs }: Desk, envelope: Envelope, reason: string | undefined): void {
  if (reason === undefined || reason.trim() === '')
    throw badParameter("Value for 'voidedReason' must be specified when voiding an envelope.");
  if (!isOpen(envelope))
    throw refusal(
      400,
      'ENVELOPE_CANNOT_VOID_INVALID_STATE',
      "Only envelopes in the 'Sent' or 'Delivered' states may be voided.",
    );
  voidEnvelope(state, envelope, reason, nowMs);
}

const invalidStatus = (): Error =>
  refusal(400, 'ENVELOPE_INVALID_STATUS', 'The envelope is not in a valid state for this operation.');

function sendIt({ state, nowMs }: Desk, envelope: Envelope): void {
  if (envelope.status !== 'created') throw invalidStatus();
  for (const one of envelope.recipients) checkPerson(one, one.name, one.email);
  send(state, envelope, nowMs);
}

function sendAgain({ state, nowMs }: Desk, envelope: Envelope): void {
  if (!isOpen(envelope)) throw invalidStatus();
  resend(state, envelope, nowMs);
}
