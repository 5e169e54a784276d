/** The SAP Concur sandbox's older service: one picture is kept at once, answers are XML, and a repeat makes a second one. */
import * as people from '../../local/vendors/sap-concur/people';
import { ConcurTalk, MULTIPART, multipart, PDF } from './sap-concur-talk';

const MEGABYTE = 1024 * 1024;
const PNG = '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe';
const PATH = '/api/image/v1.0/receipt';

const element = (body: string, name: string): string | undefined =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1];

describe('an image', () => {
  it('is kept at once, where v4 is not open to the application', () => {
    const talk = new ConcurTalk();
    people.withholdConcurReceiptsV4(talk.state);
    expect(talk.post().status).toBe(403);
    const { status, reply } = talk.image();
    const [image] = talk.state.images;
    expect([status, reply.headers['content-type']]).toEqual([201, 'application/xml']);
    expect(reply.body).toContain(`<Id>${image!.id}</Id><Url /></Image>`);
    expect(image).toMatchObject({ file: { type: 'application/pdf', content: PDF } });
  });

  it('has an address for a quarter of an hour, written as XML wants it', () => {
    const talk = new ConcurTalk();
    const id = element(talk.image(PNG, { 'content-type': 'image/png' }).reply.body, 'Id')!;
    expect(id).toMatch(/^[\w$]{20,}$/);
    const { status, reply } = talk.call('GET', `${PATH}/${id}`);
    const url = element(reply.body, 'Url')!;
    expect([status, element(reply.body, 'Id'), url.includes('&amp;until=')]).toEqual([200, id, true]);
    const until = Number(new URL(url.replace(/&amp;/g, '&')).searchParams.get('until'));
    expect(until - talk.nowMs).toBe(15 * 60_000);
    expect(talk.call('GET', `${PATH}/${encodeURIComponent(id)}`).status).toBe(200);
  });

  it('is there twice when it is sent twice', () => {
    const talk = new ConcurTalk();
    const ids = [talk.image(), talk.image()].map(({ reply }) => element(reply.body, 'Id'));
    expect([new Set(ids).size, talk.state.images.length]).toEqual([2, 2]);
  });

  it('may be the one file of a form', () => {
    const talk = new ConcurTalk();
    const send = (parts: Parameters<typeof multipart>[0]) => talk.image(multipart(parts), MULTIPART).status;
    expect(send([{ name: 'Image File' }])).toBe(201);
    expect([send([{ name: 'image' }]), send([{ name: 'Image File' }, {}]), send([])]).toEqual([400, 400, 400]);
    expect(send([{ name: 'Image File', type: 'image/gif' }])).toBe(400);
  });
});

describe('the older service refuses, in XML', () => {
  it.each<[string, string, Record<string, string>]>([
    ['a type that it does not know', PDF, { 'content-type': 'image/gif' }],
    ['no type', PDF, {}],
    ['nothing', '', { 'content-type': 'application/pdf' }],
    ['another picture than the type says', PNG, { 'content-type': 'image/jpeg' }],
    ['a PDF under a password', PDF.replace('%%EOF', '/Encrypt 5 0 R\n%%EOF'), { 'content-type': 'application/pdf' }],
    ['more than 10 MB', PDF + ' '.repeat(10 * MEGABYTE), { 'content-type': 'application/pdf' }],
    ['a body in chunks', PDF, { 'content-type': 'application/pdf', 'transfer-encoding': 'chunked' }],
  ])('%s', (_, bytes, headers) => {
    const talk = new ConcurTalk();
    const { status, reply } = talk.image(bytes, headers);
    expect([status, reply.headers['content-type']]).toEqual([400, 'application/xml']);
    expect(reply.body).toMatch(/^<Error><Message>.+<\/Message><Server-Time>2026-12-02T15:00:00<\/Server-Time><Id>/);
    expect(talk.state.images).toEqual([]);
  });

  it('tells a missing header from a token that is not good', () => {
    const talk = new ConcurTalk();
    const send = (authorization: string) =>
      talk.image(PDF, { 'content-type': 'application/pdf', authorization }).status;
    expect([send(''), send('Bearer guess'), send(`OAuth ${talk.access}`)]).toEqual([401, 403, 403]);
    people.endConcurAccess(talk.state, talk.nowMs);
    expect(talk.image()).toMatchObject({ status: 403, reply: { body: expect.stringContaining('<Message>') } });
  });

  it('a token without its scope, and that of a company', () => {
    const talk = new ConcurTalk();
    talk.keep(talk.renew({ scope: 'openid receipts.writeonly' }).json);
    expect([talk.image().status, ConcurTalk.asCompany().image().status]).toEqual([403, 403]);
  });

  it('what is not there, or is somebody else’s', () => {
    const talk = new ConcurTalk();
    const id = element(talk.image().reply.body, 'Id')!;
    expect(talk.call('GET', `${PATH}/none`).status).toBe(404);
    expect(talk.call('GET', '/api/image/v1.0/report/none').status).toBe(404);
    expect(talk.call('DELETE', `${PATH}/${id}`).status).toBe(404);
    talk.keep(
      talk.token({ grant_type: 'password', username: 'colin@landlord.example', password: 'colleague-password' }).json,
    );
    expect(talk.call('GET', `${PATH}/${id}`).status).toBe(404);
  });
});
