/** What is particular to the DocuSign connector: filling templates, what happens once, and what it says when it cannot. */
import * as people from '../../local/vendors/docusign/people';
import { docusign } from '../../src/connectors/docusign';
import { ANNE, Bench, BOB, DAY, leaseOffer, MANAGER, MINUTE, numberOf, onePerson } from './docusign-office';
import { json } from './drive';

describe('templates', () => {
  it('are all listed, over pages', () => {
    const bench = new Bench();
    for (let at = 0; at < 205; at++)
      people.designTemplate(bench.state, { name: `Form ${String(at).padStart(3, '0')}`, roles: [] }, bench.nowMs);
    const result = bench.run(docusign.lists!.templates!(bench.account));
    const names = 'value' in result ? result.value.map(({ name }) => name) : [];
    expect(names).toHaveLength(208);
    expect(new Set(names).size).toBe(208);
    expect(names.slice(-3)).toEqual(['Lease for one', 'Lease for two', 'Payment plan']);
  });
});

describe('a lease that is sent', () => {
  it('goes to everybody on it, then to the manager, filled where the template has a place', () => {
    const bench = new Bench();
    const result = bench.does('lease', leaseOffer());
    const [envelope] = bench.state.envelopes;
    expect(result).toEqual({
      value: `${envelope?.envelopeId} https://appdemo.docusign.com/documents/details/${envelope?.envelopeId}`,
    });
    expect(docusign.effects?.lease?.link?.('value' in result ? result.value : '')).toEqual({
      kind: 'document',
      externalId: envelope?.envelopeId,
    });
    expect(envelope?.recipients.map((one) => [one.roleName, one.name, one.email, one.status])).toEqual([
      ['Resident 1', 'Anne Charleston', ANNE, 'sent'],
      ['Resident 2', 'Bob Charleston', BOB, 'sent'],
      ['Landlord', 'Elm House', MANAGER, 'created'],
    ]);
    const tabs = envelope?.recipients[0]?.tabs.filter(({ kind }) => kind === 'text');
    expect(tabs?.map(({ tabLabel, value }) => [tabLabel, value])).toEqual([
      ['Rent', '$1,450.00'],
      ['Security deposit', '$2,000.00'],
      ['Unit', '4B'],
      ['START', 'January 1, 2027'],
      ['Pet names', ''],
      ['note', ''],
    ]);
    expect(envelope).toMatchObject({
      emailSubject: 'Lease: Elm House 4B',
      transactionId: numberOf('lease'),
      expireAfter: 30,
      reminder: { delay: 3, frequency: 3 },
      customFields: [{ name: 'rentLedger', value: numberOf('lease'), show: 'false' }],
    });
  });

  it('is filled from the template with a role for each resident', () => {
    const bench = new Bench();
    const [one, two] = (bench.account.DOCUSIGN_LEASE_TEMPLATE ?? '').split(', ');
    const id = bench.sends('lease', leaseOffer(onePerson));
    const other = bench.sends('lease', leaseOffer(), 'other');
    const templateOf = (envelope: string) =>
      bench.state.envelopes.find((each) => each.envelopeId === envelope)?.templateId;
    expect([templateOf(id), templateOf(other)]).toEqual([one, two]);
  });

  it('takes the roles that the owner has named, and leaves to a template whom it names itself', () => {
    const bench = new Bench();
    const template = people.designTemplate(
      bench.state,
      {
        name: 'House lease',
        emailSubject: 'Lease',
        roles: [
          { roleName: 'Signer A' },
          { roleName: 'Signer B' },
          { roleName: 'Countersigner', routingOrder: 2 },
          {
            roleName: 'Notary',
            name: 'Nora Notary',
            email: 'nora@notary.example',
            routingOrder: 3,
            tabs: ['text:rent'],
          },
          { roleName: 'Office', copy: true, name: 'Office', email: 'office@landlord.example', routingOrder: 4 },
        ],
      },
      bench.nowMs,
    );
    Object.assign(bench, {
      account: {
        ...bench.account,
        DOCUSIGN_LEASE_TEMPLATE: template,
        DOCUSIGN_RESIDENT_ROLES: 'Signer B, Signer A',
        DOCUSIGN_MANAGER_ROLE: 'Countersigner',
      },
    });
    bench.sends('lease');
    const [envelope] = bench.state.envelopes;
    expect(envelope?.recipients.map((one) => [one.roleName, one.email])).toEqual([
      ['Signer A', BOB],
      ['Signer B', ANNE],
      ['Countersigner', MANAGER],
      ['Notary', 'nora@notary.example'],
      ['Office', 'office@landlord.example'],
    ]);
    expect(envelope?.recipients[3]?.tabs[0]?.value).toBe('$1,450.00');
  });

  const terms = leaseOffer().terms;
  it.each([
    ['no template is chosen', { DOCUSIGN_LEASE_TEMPLATE: '' }, {}, 'No DocuSign template is chosen'],
    ['what is chosen is no id', { DOCUSIGN_LEASE_TEMPLATE: 'Lease for two' }, {}, '"Lease" is no template ID'],
    ['nobody is on the lease', {}, { terms: { ...terms, people: [] } }, 'Nobody is on the lease who could sign.'],
    [
      'somebody has no mail address',
      {},
      { terms: { ...terms, people: [terms.people[0]!, { name: 'Bob Charleston', email: '' }] } },
      'The lease has no mail address of Bob Charleston.',
    ],
    [
      'more people are on the lease than any template has roles',
      {},
      { terms: { ...terms, people: [...terms.people, { name: 'Cleo', email: 'cleo@example.com' }] } },
      'None of the templates "Lease for one", "Lease for two" has just as many roles',
    ],
    ['a role has nobody', {}, { terms: { ...terms, manager: '' } }, 'Nobody is to sign as "Landlord"'],
  ])('is refused before it leaves when %s', (_name, account, more, words) => {
    const bench = new Bench();
    Object.assign(bench, { account: { ...bench.account, ...account } });
    expect(bench.does('lease', leaseOffer(more as never))).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringContaining(words) },
    });
    expect(bench.state.envelopes).toEqual([]);
  });

  it('is missing when its template was deleted', () => {
    const bench = new Bench();
    for (const { templateId } of bench.state.templates) people.deleteTemplate(bench.state, templateId);
    expect(bench.does('lease', leaseOffer())).toMatchObject({
      fault: { fault: 'missing', code: 'TEMPLATE_ID_INVALID' },
    });
  });

  it('is found again by its own field when the number has been forgotten after seven days', () => {
    const bench = new Bench();
    const id = bench.sends('lease');
    bench.nowMs += 8 * DAY;
    const again = bench.does('lease', leaseOffer(), { attempt: 2 });
    expect(again).toMatchObject({ value: expect.stringContaining(id) });
    expect(bench.state.envelopes).toHaveLength(1);
  });

  it('is found again by either list that DocuSign answers with', () => {
    const bench = new Bench();
    const id = bench.sends('lease');
    bench.answer = (request, reply) => {
      const given = reply();
      if (!request.url.includes('transaction_ids')) return given;
      const { envelopes: _, ...rest } = JSON.parse(given.body) as Record<string, unknown>;
      return { ...given, body: JSON.stringify(rest) };
    };
    expect(bench.does('lease', leaseOffer(), { attempt: 2 })).toMatchObject({ value: expect.stringContaining(id) });
  });
});

describe('a payment plan', () => {
  it('tells what is open and what was agreed', () => {
    const bench = new Bench();
    const words = 'Three times 400.00, on the 15th of each month.';
    bench.sends('plan', leaseOffer({ note: words, amountCents: 120_000 }));
    const [envelope] = bench.state.envelopes;
    expect(envelope).toMatchObject({ emailSubject: 'Payment plan: Elm House 4B', emailBlurb: words });
    expect(envelope?.recipients[0]?.tabs.find(({ tabLabel }) => tabLabel === 'note')?.value).toBe(words);
  });

  it('keeps to the lengths that DocuSign takes', () => {
    const bench = new Bench();
    bench.sends('plan', leaseOffer({ note: '🏠'.repeat(1500), property: 'Elm House '.repeat(20) }));
    expect(bench.state.envelopes[0]?.emailSubject).toHaveLength(100);
  });
});

describe('an envelope that is out', () => {
  it('is sent again, and voided with a reason that the residents read', () => {
    const bench = new Bench();
    const document = bench.sends('lease');
    expect(bench.does('resend', leaseOffer({ document }))).toEqual({ value: `resent:${document}` });
    expect(bench.state.mails.map(({ to }) => to)).toEqual([ANNE, BOB, ANNE, BOB]);
    expect(bench.does('void', leaseOffer({ document }))).toMatchObject({ fault: { fault: 'rejected' } });
    const reason = 'The rent is wrong. '.repeat(20);
    expect(bench.does('void', leaseOffer({ document, note: reason }))).toEqual({ value: `voided:${document}` });
    expect(docusign.effects?.void?.unlink?.(`voided:${document}`, {})).toBe(document);
    expect(bench.state.envelopes[0]).toMatchObject({ status: 'voided', voidedReason: reason.slice(0, 200) });
    expect(bench.does('void', leaseOffer({ document, note: 'Again' }))).toEqual({ value: `voided:${document}` });
    expect(bench.does('resend', leaseOffer({ document }))).toMatchObject({
      fault: { fault: 'rejected', code: 'ENVELOPE_INVALID_STATUS' },
    });
  });

  it('that is signed or declined is not voided any more, and it says why', () => {
    const bench = new Bench();
    const document = bench.sends('lease', leaseOffer(onePerson));
    people.declineEnvelope(bench.state, document, ANNE, 'No', bench.nowMs);
    expect(bench.does('void', leaseOffer({ document, note: 'x' }))).toMatchObject({
      fault: { message: expect.stringContaining('The envelope is declined at DocuSign') },
    });
    expect(bench.does('void', leaseOffer({ document: 'rent', note: 'x' }))).toMatchObject({
      fault: { fault: 'malformed' },
    });
  });

  it('is voided for what an earlier effect has returned', () => {
    const bench = new Bench();
    const ref = bench.does('lease', leaseOffer());
    const flow = docusign.effects!.void!.run({
      key: 'void:1' as never,
      payload: { note: 'Moved out' },
      now: bench.nowMs as never,
      account: bench.account,
      attempt: 1,
      after: 'value' in ref ? ref.value : '',
    });
    expect(bench.run(flow)).toHaveProperty('value');
    expect(bench.state.envelopes[0]?.status).toBe('voided');
  });
});

describe('limits', () => {
  it('that were reached are busy, whichever status they come with, and end the run', () => {
    const codes = [
      'HOURLY_APIINVOCATION_LIMIT_EXCEEDED',
      'Burst_Envelope_Polling_Limit_Exceeded',
      'Hourly_APIInvocation_Envelope_Limit_Exceeded',
    ];
    for (const errorCode of codes)
      for (const status of [400, 429])
        expect(docusign.fault(json({ errorCode, message: 'x' }, status))).toMatchObject({ fault: 'busy' });
    const bench = new Bench();
    bench.state.accounts[0]!.usage.calls = 3000;
    bench.state.accounts[0]!.usage.hour = Math.floor(bench.nowMs / 3_600_000);
    expect(bench.look()).toMatchObject({ fault: { fault: 'busy', code: 'HOURLY_APIINVOCATION_LIMIT_EXCEEDED' } });
  });

  it('of looking at one envelope are never touched by what a week of work does', () => {
    const bench = new Bench();
    const ids = ['a', 'b', 'c'].map((name) => bench.sends('lease', leaseOffer(onePerson), name));
    for (let at = 0; at < 7 * 24 * 3; at++) {
      bench.nowMs += 20 * MINUTE;
      bench.news();
      if (at === 100) people.signEnvelope(bench.state, ids[0]!, ANNE, bench.nowMs);
      if (at === 200) bench.does('resend', leaseOffer({ document: ids[1] }));
    }
    expect(bench.does('void', leaseOffer({ document: ids[1], note: 'x' }))).toHaveProperty('value');
    expect(bench.state.flags).toEqual([]);
  });
});

describe('what DocuSign says', () => {
  it.each([
    [401, 'AUTHORIZATION_INVALID_TOKEN', 'auth'],
    [400, 'PARTNER_AUTHENTICATION_FAILED', 'auth'],
    [400, 'USER_LACKS_PERMISSIONS', 'auth'],
    [400, 'ENVELOPE_DOES_NOT_EXIST', 'missing'],
    [400, 'TEMPLATE_ID_INVALID', 'missing'],
    [400, 'INVALID_REQUEST_PARAMETER', 'rejected'],
    [400, 'ACCOUNT_LACKS_PERMISSIONS', 'rejected'],
    [500, 'UNSPECIFIED_ERROR', 'down'],
  ])('HTTP %i with %s is %s', (status, errorCode, kind) => {
    const reply = json({ errorCode, message: 'In its words.' }, status, { 'x-docusign-tracetoken': 'trace-1' });
    expect(docusign.fault(reply)).toMatchObject({
      fault: kind,
      code: errorCode,
      requestId: 'trace-1',
      message: expect.stringContaining('In its words.'),
    });
  });

  it('on a page that is no JSON is told by its status', () => {
    expect(docusign.fault({ status: 502, headers: {}, body: '<h1>Bad gateway</h1>' })).toMatchObject({ fault: 'down' });
    expect(docusign.fault({ status: 200, headers: {}, body: '{}' })).toBeUndefined();
  });
});
