/** The SAP Concur sandbox: receipts are taken and worked on with time, doubles are known, and what is wrong is refused as SAP does. */
import * as people from '../../local/vendors/sap-concur/people';
import { COLLEAGUE_ID, OWNER_ID } from '../../local/vendors/sap-concur/state';
import { ConcurTalk, HOME, MULTIPART, multipart, PDF, type Sent } from './sap-concur-talk';
import { DAY_MS } from './talk';

const SECOND = 1000;
const MEGABYTE = 1024 * 1024;
const PNG = '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe';

const forward = (bytes: string): Sent => ({ name: 'forwardId', fileName: null, bytes });

describe('a receipt', () => {
  it('is accepted, worked on and done', () => {
    const talk = new ConcurTalk();
    const { status, reply } = talk.post();
    const id = talk.state.receipts[0]!.id;
    expect([status, reply.body, reply.headers]).toMatchObject([
      202,
      '',
      {
        location: `${HOME}/receipts/v4/images/${id}`,
        link: `<${HOME}/receipts/v4/status/${id}>; rel="processing-status"`,
      },
    ]);
    const seen = [0, 2, 19, 20].map((second) => {
      talk.nowMs = talk.state.receipts[0]!.receivedMs + second * SECOND;
      return talk.status(id).json.status;
    });
    expect(seen).toEqual(['ACCEPTED', 'PROCESSING', 'PROCESSING', 'PROCESSED']);
    const { logs } = talk.status(id).json;
    expect(logs).toHaveLength(4);
    expect(logs.at(-1)).toEqual({
      logLevel: 'INFO',
      message: 'Processing finished.',
      timestamp: 'Wed, 02 Dec 2026 15:00:20 GMT',
    });
  });

  it('keeps what was sent, byte by byte', () => {
    const talk = new ConcurTalk();
    talk.taken();
    talk.post([{ type: 'image/png', fileName: 'r.png', bytes: PNG }]);
    expect(talk.state.receipts.map(({ file }) => [file.name, file.type, file.content, file.size])).toEqual([
      ['receipt.pdf', 'application/pdf', PDF, PDF.length],
      ['r.png', 'image/png', PNG, PNG.length],
    ]);
  });

  it.each<[string, Sent]>([
    ['a PDF that was cut off', { bytes: PDF.slice(0, 20) }],
    ['bytes of another kind than they say', { bytes: PNG }],
    ['a text that says it is a picture', { type: 'image/jpeg', bytes: 'hello' }],
  ])('that is %s is accepted, tried three times, and fails', (_, part) => {
    const talk = new ConcurTalk();
    talk.post([part]);
    const { id } = talk.state.receipts[0]!;
    talk.nowMs += 44 * SECOND;
    expect(talk.status(id).json.status).toBe('PROCESSING');
    talk.nowMs += SECOND;
    const { status, logs } = talk.status(id).json;
    const errors = logs.filter((log: { logLevel: string }) => log.logLevel === 'ERROR');
    expect([status, errors.length, errors[3].message]).toEqual(['FAILED', 4, 'Processing failed.']);
  });

  it('fails when the imaging service does not manage it, and the one after does not', () => {
    const talk = new ConcurTalk();
    people.failConcurImaging(talk.state);
    const ids = [talk.taken(), talk.taken(), talk.taken()];
    people.failConcurReceipt(talk.state, ids[2]!);
    talk.nowMs += 60 * SECOND;
    expect(ids.map((id) => talk.status(id).json.status)).toEqual(['FAILED', 'PROCESSED', 'FAILED']);
    expect(() => people.failConcurReceipt(talk.state, 'none')).toThrow('no receipt none');
  });

  it('has a status for two weeks', () => {
    const talk = new ConcurTalk();
    const id = talk.taken();
    talk.nowMs += 14 * DAY_MS;
    talk.keep(talk.renew().json);
    expect(talk.status(id).status).toBe(404);
    expect(talk.statuses({ receiptIds: [id] }).json).toEqual([{ receiptId: id, responseCode: 404 }]);
  });

  it('is taken once under one name of ours, whatever it holds', () => {
    const talk = new ConcurTalk();
    const id = talk.taken(forward('RL-8K2M4N7QPZ'));
    const again = talk.post([{ bytes: PDF.replace('1042', '1043') }, forward('RL-8K2M4N7QPZ')]);
    expect([again.status, again.reply.body, again.reply.headers.location]).toEqual([304, '', undefined]);
    expect(talk.taken(forward('RL-other'))).not.toBe(id);
    expect([talk.taken(), talk.taken()].every((other) => other !== id)).toBe(true);
    expect(talk.state.receipts).toHaveLength(4);
  });
});

describe('the status of many receipts', () => {
  it('is told by their ids or by names of ours, each with its own code', () => {
    const talk = new ConcurTalk();
    const id = talk.taken(forward('RL-1'));
    const status = { status: 'ACCEPTED', digitizationStatus: 'NO_PROCESSING_REQUIRED' };
    const log = `${HOME}/receipts/v4/status/${id}`;
    const good = { receiptId: id, responseCode: 200, receiptStatus: status, receiptEventLogs: log };
    expect(talk.statuses({ receiptIds: [id, 'none'] }).json).toEqual([good, { receiptId: 'none', responseCode: 404 }]);
    expect(talk.statuses({ forwardIds: ['RL-2', 'RL-1'] }).json).toEqual([{ responseCode: 404 }, good]);
  });

  it('of somebody else is not told to a user, and is told to the company', () => {
    const company = ConcurTalk.asCompany();
    expect([company.post([{}], COLLEAGUE_ID).status, company.post([{}], 'stranger').status]).toEqual([202, 403]);
    const { id } = company.state.receipts[0]!;
    company.nowMs += 20 * SECOND;
    expect([company.status(id).json.status, company.statuses({ receiptIds: [id] }).json[0].responseCode]).toEqual([
      'PROCESSED',
      200,
    ]);
    company.keep(
      company.token({ grant_type: 'password', username: 'olivia@landlord.example', password: 'owner-password' }).json,
    );
    expect([company.status(id).status, company.statuses({ receiptIds: [id] }).json[0].responseCode]).toEqual([
      403, 403,
    ]);
  });

  it.each([
    ['nothing', {}],
    ['an empty list', { receiptIds: [] }],
    ['both kinds', { receiptIds: ['a'], forwardIds: ['b'] }],
    ['51 ids', { receiptIds: Array.from({ length: 51 }, String) }],
    ['a number', { receiptIds: [1] }],
    ['another member', { receiptIds: ['a'], userId: 'b' }],
    ['a list', ['a']],
  ])('is not told for %s', (_, asked) => {
    const talk = new ConcurTalk();
    expect(talk.statuses(asked)).toMatchObject({ status: 400, reply: { body: 'Request body could not be parsed' } });
  });

  it('is asked for in JSON', () => {
    const talk = new ConcurTalk();
    expect(talk.call('POST', '/receipts/v4/status', MULTIPART, '{"receiptIds":["a"]}').status).toBe(400);
  });
});

describe('a receipt is refused', () => {
  it.each<[string, readonly Sent[], number, string]>([
    ['without an image', [forward('x')], 400, 'Request body could not be parsed'],
    ['with an image that is no file', [{ fileName: null }], 400, 'Request body could not be parsed'],
    ['with an empty image', [{ bytes: '' }], 400, 'Request body could not be parsed'],
    ['with two images', [{}, {}], 400, 'Request body could not be parsed'],
    ['with a field that nobody knows', [{}, { name: 'note', fileName: null }], 400, 'Request body could not be parsed'],
    ['with a name of ours over 40 characters', [{}, forward('x'.repeat(41))], 400, 'Request body could not be parsed'],
    ['as a Word file', [{ type: 'application/msword' }], 415, 'Invalid image type'],
    ['without a type', [{ type: '' }], 415, 'Invalid image type'],
    ['over 5 MB', [{ bytes: PDF + ' '.repeat(5 * MEGABYTE) }], 413, ''],
  ])('%s', (_, parts, status, body) => {
    const talk = new ConcurTalk();
    expect(talk.post(parts)).toMatchObject({ status, reply: { body } });
    expect(talk.state.receipts).toEqual([]);
  });

  it('that is no multipart form, or a broken one', () => {
    const talk = new ConcurTalk();
    const path = `/receipts/v4/users/${OWNER_ID}/image-only-receipts`;
    const send = (type: string, body: string) => {
      const { status, reply } = talk.call('POST', path, { 'content-type': type }, body);
      return [status, reply.body];
    };
    const whole = multipart([{}]);
    expect(send('application/pdf', PDF)).toEqual([415, 'Specified Content-Type is not supported']);
    expect(send('application/x-www-form-urlencoded', 'image=x')[0]).toBe(400);
    expect(send('multipart/form-data', whole)[0]).toBe(400);
    expect(send(MULTIPART['content-type'], whole.slice(0, -4))[0]).toBe(400);
    expect(send(MULTIPART['content-type'], whole.replace('form-data', 'attachment'))[0]).toBe(400);
    expect(send(MULTIPART['content-type'].replace('receipt-boundary', '"receipt-boundary"'), whole)[0]).toBe(202);
  });

  it('for another user than the token’s', () => {
    const { status, reply } = new ConcurTalk().post([{}], COLLEAGUE_ID);
    expect([status, reply.body]).toEqual([401, 'User ID in the URL must match the ID in the sub claim of the JWT']);
  });

  it('with an empty 403, whatever is wrong with the token', () => {
    const talk = new ConcurTalk();
    const id = talk.taken();
    const answers = ['', 'Bearer', 'Bearer guess', `OAuth ${talk.access}`, talk.access].map((authorization) =>
      talk.call('GET', `/receipts/v4/status/${id}`, { authorization }),
    );
    people.endConcurAccess(talk.state, talk.nowMs);
    answers.push(talk.status(id), talk.post());
    expect(new Set(answers.map(({ status, reply }) => `${status}${reply.body}`))).toEqual(new Set(['403']));
    talk.keep(talk.renew().json);
    people.withholdConcurReceiptsV4(talk.state);
    expect([talk.post(), talk.status(id)].map(({ status, reply }) => [status, reply.body])).toEqual([
      [403, ''],
      [403, ''],
    ]);
  });

  it('to a token that may only keep images', () => {
    const talk = new ConcurTalk();
    const id = talk.taken();
    talk.keep(talk.renew({ scope: 'IMAGE' }).json);
    expect([talk.post().status, talk.status(id).status]).toEqual([403, 403]);
  });

  it('at other paths and hosts', () => {
    const talk = new ConcurTalk();
    expect(talk.call('GET', '/receipts/v4/').status).toBe(404);
    expect(talk.call('DELETE', '/receipts/v4/status/x').status).toBe(404);
    expect(talk.call('GET', '/spend-documents/v4/receipts').status).toBe(404);
    expect(talk.call('GET', '/receipts/v4/status/x').status).toBe(404);
    talk.home = 'https://eu2.api.concursolutions.com';
    expect(talk.call('GET', '/receipts/v4/status/x').status).toBe(403);
  });
});

it('every answer has a name for SAP’s support, which the caller may choose', () => {
  const talk = new ConcurTalk();
  const names = [talk.status('x'), talk.post(), talk.renew()].map((one) => one.reply.headers['concur-correlationid']);
  expect([new Set(names).size, names[0]]).toEqual([3, expect.stringMatching(/^[\da-f-]{36}$/)]);
  const chosen = talk.call('GET', '/receipts/v4/status/x', { 'concur-correlationid': 'rent' }).reply.headers;
  expect(chosen['concur-correlationid']).toBe('rent');
});
