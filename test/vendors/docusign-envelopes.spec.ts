/** Envelopes in the DocuSign sandbox: filled from templates, signed turn by turn, declined, voided, reminded of, expired. */
import * as people from '../../local/vendors/docusign/people';
import { DEMO_ACCOUNT } from '../../local/vendors/docusign/state';
import { ANNE, BOB, DocusignTalk, wanted } from './docusign-talk';
import { DAY_MS } from './talk';

const MINUTE_MS = 60_000;
const OLIVIA = 'olivia@landlord.example';

describe('an envelope', () => {
  it('is filled from its template, sent, viewed, signed turn by turn, and completed', () => {
    const talk = DocusignTalk.signedIn();
    const made = talk.done('POST', '/envelopes', wanted(talk.lease()));
    expect(made).toMatchObject({ status: 'sent', uri: `/envelopes/${made.envelopeId}` });
    const id: string = made.envelopeId;
    const look = () => {
      talk.nowMs += 20 * MINUTE_MS;
      talk.renew();
      return talk.get(`/envelopes/${id}?include=recipients`);
    };
    expect(talk.state.mails.map(({ to }) => to)).toEqual([ANNE, BOB]);
    people.viewEnvelope(talk.state, id, ANNE, talk.nowMs);
    expect(look()).toMatchObject({ status: 'sent', recipients: { currentRoutingOrder: '1' } });
    people.viewEnvelope(talk.state, id, BOB, talk.nowMs);
    expect(() => people.signEnvelope(talk.state, id, OLIVIA, talk.nowMs)).toThrow('It is not the turn');
    people.signEnvelope(talk.state, id, ANNE, talk.nowMs);
    people.signEnvelope(talk.state, id, BOB, talk.nowMs);
    expect(look()).toMatchObject({ status: 'sent', recipients: { currentRoutingOrder: '2' } });
    people.signEnvelope(talk.state, id, OLIVIA, talk.nowMs);
    const whole = look();
    expect(whole).toMatchObject({ status: 'completed', emailSubject: 'Lease of unit 4B' });
    expect(whole.completedDateTime).toMatch(/^2026-12-02T\d\d:\d\d:\d\d\.\d{7}Z$/);
    expect(whole.recipients.carbonCopies[0].status).toBe('completed');
    const { signers } = talk.get(`/envelopes/${id}/recipients?include_tabs=true`);
    expect(signers[0].tabs).toMatchObject({
      textTabs: [{ value: '1,450.00' }, { value: '4B' }],
      checkboxTabs: [{ selected: 'true' }],
      listTabs: [{ value: '24 months' }],
      fullNameTabs: [{ value: 'Anne Charleston' }],
      dateSignedTabs: [{ value: '2026-12-02' }],
    });
    expect(talk.state.flags).toEqual([]);
    expect(() => people.declineEnvelope(talk.state, id, ANNE, 'No', talk.nowMs)).toThrow('the envelope is completed');
  });

  it('counts as delivered only when all who sign have opened it', () => {
    const talk = DocusignTalk.signedIn();
    const template = people.designTemplate(
      talk.state,
      { name: 'Plan', emailSubject: 'Plan', roles: [{ roleName: 'A' }, { roleName: 'B' }] },
      talk.nowMs,
    );
    const templateRoles = [
      { roleName: 'A', name: 'Anne', email: ANNE },
      { roleName: 'B', name: 'Bob', email: BOB },
    ];
    const { envelopeId } = talk.done('POST', '/envelopes', { templateId: template, status: 'sent', templateRoles });
    people.viewEnvelope(talk.state, envelopeId, ANNE, talk.nowMs);
    expect(talk.state.envelopes[0]!.status).toBe('sent');
    people.viewEnvelope(talk.state, envelopeId, BOB, talk.nowMs);
    expect(talk.get(`/envelopes/${envelopeId}`)).toMatchObject({ status: 'delivered' });
  });

  it('is declined with a reason, and then neither signed nor voided', () => {
    const talk = DocusignTalk.signedIn();
    const id = talk.sent(talk.lease());
    people.declineEnvelope(talk.state, id, BOB, 'The rent is wrong', talk.nowMs);
    const whole = talk.get(`/envelopes/${id}?include=recipients`);
    expect(whole.status).toBe('declined');
    expect(whole.recipients.signers[1]).toMatchObject({ status: 'declined', declinedReason: 'The rent is wrong' });
    expect(() => people.signEnvelope(talk.state, id, ANNE, talk.nowMs)).toThrow('the envelope is declined');
    expect(talk.call('PUT', `/envelopes/${id}`, { status: 'voided', voidedReason: 'x' }).json.errorCode).toBe(
      'ENVELOPE_CANNOT_VOID_INVALID_STATE',
    );
  });

  it('is voided with a reason only, once', () => {
    const talk = DocusignTalk.signedIn();
    const id = talk.sent(talk.lease());
    const change = (body: Record<string, string>) => talk.call('PUT', `/envelopes/${id}`, body);
    expect(change({ status: 'voided' }).json.message).toContain("Value for 'voidedReason' must be specified");
    expect(change({ status: 'voided', voidedReason: 'Paid in full' })).toMatchObject({
      status: 200,
      json: { envelopeId: id },
    });
    expect(talk.get(`/envelopes/${id}`)).toMatchObject({ status: 'voided', voidedReason: 'Paid in full' });
    expect(change({ status: 'voided', voidedReason: 'Again' }).status).toBe(400);
    expect(talk.state.mails.filter(({ about }) => about === 'voided').map(({ to }) => to)).toEqual([ANNE, BOB]);
  });

  it('is sent again to those whose turn it is, while it is open', () => {
    const talk = DocusignTalk.signedIn();
    const id = talk.sent(talk.lease());
    people.signEnvelope(talk.state, id, ANNE, talk.nowMs);
    talk.state.mails = [];
    expect(talk.done('PUT', `/envelopes/${id}?resend_envelope=true`, {})).toEqual({ envelopeId: id });
    expect(talk.state.mails.map(({ to, about }) => [to, about])).toEqual([[BOB, 'sign']]);
    people.voidByHand(talk.state, id, 'Wrong rent', talk.nowMs);
    expect(talk.call('PUT', `/envelopes/${id}?resend_envelope=true`, {}).json.errorCode).toBe(
      'ENVELOPE_INVALID_STATUS',
    );
  });

  it('stays a draft until it is sent, and is sent once', () => {
    const talk = DocusignTalk.signedIn();
    const id = talk.sent(talk.lease(), { status: 'created' });
    expect(talk.state.mails).toEqual([]);
    talk.done('PUT', `/envelopes/${id}`, { status: 'sent' });
    expect(talk.state.mails).toHaveLength(2);
    expect(talk.call('PUT', `/envelopes/${id}`, { status: 'sent' }).json.errorCode).toBe('ENVELOPE_INVALID_STATUS');
  });

  it('reminds as it was told to, and expires by itself', () => {
    const talk = DocusignTalk.signedIn();
    const notification = {
      reminders: { reminderEnabled: 'true', reminderDelay: '2', reminderFrequency: '3' },
      expirations: { expireEnabled: 'true', expireAfter: '10' },
    };
    const id = talk.sent(talk.lease(), { notification });
    const sentMs = talk.nowMs;
    people.signEnvelope(talk.state, id, ANNE, talk.nowMs);
    talk.nowMs += 30 * DAY_MS;
    talk.renew();
    expect(talk.get(`/envelopes/${id}`)).toMatchObject({ status: 'voided', voidedReason: 'Envelope has expired.' });
    expect(talk.state.envelopes[0]!.voidedMs).toBe(sentMs + 10 * DAY_MS);
    const days = talk.state.mails
      .filter(({ about }) => about === 'reminder')
      .map(({ to, atMs }) => [to, (atMs - sentMs) / DAY_MS]);
    expect(days).toEqual([
      [BOB, 2],
      [BOB, 5],
      [BOB, 8],
    ]);
  });

  it('tells of a mail that came back and of a correction', () => {
    const talk = DocusignTalk.signedIn();
    const id = talk.sent(talk.lease());
    people.bounceMail(talk.state, id, ANNE, talk.nowMs);
    expect(talk.get(`/envelopes/${id}/recipients`).signers[0].status).toBe('autoresponded');
    people.beginCorrection(talk.state, id, talk.nowMs);
    expect(talk.get(`/envelopes/${id}`).status).toBe('correct');
    expect(() => people.signEnvelope(talk.state, id, ANNE, talk.nowMs)).toThrow('the envelope is correct');
    people.endCorrection(talk.state, id, talk.nowMs);
    people.signEnvelope(talk.state, id, ANNE, talk.nowMs);
  });

  it('sends no mail to somebody who signs within an application', () => {
    const talk = DocusignTalk.signedIn();
    const body = wanted(talk.lease());
    body.templateRoles[0].clientUserId = 'L-104';
    talk.done('POST', '/envelopes', body);
    expect(talk.state.mails.map(({ to }) => to)).toEqual([BOB]);
  });

  const roles = (change: (role: Record<string, unknown>) => void) => {
    const body = wanted('');
    change(body.templateRoles[0]);
    return { templateRoles: body.templateRoles };
  };
  it.each([
    ['no template', { templateId: undefined }, 'ENVELOPE_IS_INCOMPLETE'],
    ['an unknown template', { templateId: 'nobody' }, 'TEMPLATE_ID_INVALID'],
    ['a role whose name differs', roles((one) => Object.assign(one, { roleName: 'resident 1' })), 'UNSPECIFIED_EMAIL'],
    [
      'an address that is none',
      roles((one) => Object.assign(one, { email: 'anne' })),
      'INVALID_EMAIL_ADDRESS_FOR_RECIPIENT',
    ],
    ['a person without a name', roles((one) => Object.assign(one, { name: ' ' })), 'INVALID_USERNAME_FOR_RECIPIENT'],
    [
      'a tab that the template lacks',
      roles((one) => Object.assign(one, { tabs: { textTabs: [{ tabLabel: 'deposit', value: '1' }] } })),
      'TAB_PAGE_IS_NOT_SPECIFIED',
    ],
    [
      'a choice that the list lacks',
      roles((one) => Object.assign(one, { tabs: { listTabs: [{ tabLabel: 'term', value: '36 months' }] } })),
      'INVALID_REQUEST_PARAMETER',
    ],
    ['a subject of 101 letters', { emailSubject: 'x'.repeat(101) }, 'INVALID_REQUEST_BODY'],
    ['an unknown member', { templateid: 'x' }, 'INVALID_REQUEST_BODY'],
    ['yes as a boolean', { notification: { expirations: { expireEnabled: true } } }, 'INVALID_REQUEST_BODY'],
    [
      'a field of 101 letters',
      { customFields: { textCustomFields: [{ name: 'lease', value: 'x'.repeat(101) }] } },
      'INVALID_REQUEST_BODY',
    ],
  ])('is refused with %s, and nothing is kept', (_name, more, errorCode) => {
    const talk = DocusignTalk.signedIn();
    expect(talk.call('POST', '/envelopes', { ...wanted(talk.lease()), ...more })).toMatchObject({
      status: 400,
      json: { errorCode },
    });
    expect(talk.state.envelopes).toEqual([]);
  });

  it('wants a body, as JSON', () => {
    const talk = DocusignTalk.signedIn();
    const url = `https://demo.docusign.net/restapi/v2.1/accounts/${DEMO_ACCOUNT}/envelopes`;
    const send = (type: string, body: string) => {
      const headers = { authorization: `Bearer ${talk.token}`, 'content-type': type };
      const reply = talk.send('POST', url, headers, body);
      return [reply.status, JSON.parse(reply.body).errorCode];
    };
    expect(send('application/json', '')).toEqual([400, 'INVALID_REQUEST_BODY']);
    expect(send('application/json', '[]')).toEqual([400, 'INVALID_REQUEST_BODY']);
    expect(send('text/plain', '{}')).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  });
});
