/** Mail: the Gmail advanced service, MailApp, and the REST face over the same mailbox. */
import { gmailRest } from '../../local/gmail-rest';
import { decodeWords, parsePart, textOf } from '../../local/host/mime';
import type { World } from '../../local/world';
import { evaluate, OWNER, tinyBundle, tinyWorld } from './tiny-world';

const APP = `
  function probe(code) { return eval(code); }
  function send(text, threadId) {
    var raw = Utilities.base64EncodeWebSafe(text, Utilities.Charset.UTF_8);
    return Gmail.Users.Messages.send(threadId ? { raw: raw, threadId: threadId } : { raw: raw }, 'me');
  }`;

function mail(lines: Record<string, string>, body = 'Hello'): string {
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${head.join('')}\r\n${body}`;
}

interface Sent {
  id: string;
  threadId: string;
  labelIds: string[];
}

function send(world: World, text: string, threadId?: string): Sent {
  const result = world.run('send', threadId === undefined ? [text] : [text, threadId]);
  if (!result.ok) throw new Error(result.error?.message);
  return result.value as Sent;
}

function get(world: World, path: string, token: string | undefined = world.token()) {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const face = { state: world.state, nowMs: world.now, scopes: world.bundle.manifest.oauthScopes };
  const url = `https://gmail.googleapis.com/gmail/v1/users/me/${path}`;
  const reply = gmailRest(face, { method: 'GET', url, headers: headers as Record<string, string>, body: '' });
  return { status: reply.status, body: JSON.parse(reply.body) };
}

describe('a message that is sent', () => {
  it('is in the mailbox with its ids, its sender and without Bcc', () => {
    const world = tinyWorld(APP);
    const text = mail({ From: 'Rent <wrong@else.com>', To: 'ann@a.co', Bcc: 'b@b.co', Subject: '=?UTF-8?B?w4kh?=' });
    const sent = send(world, text);
    expect(sent.threadId).toBe(sent.id);
    const [kept] = world.mailbox;
    expect(kept).toMatchObject({
      id: sent.id,
      from: `Rent <${OWNER}>`,
      to: 'ann@a.co',
      subject: 'É!',
      labelIds: ['SENT'],
    });
    expect(kept?.raw).not.toMatch(/bcc/i);
    expect(kept?.raw).toMatch(/\r\nMessage-ID: </);
    expect(kept?.raw.endsWith('\r\n\r\nHello')).toBe(true);
  });

  it('joins its thread only with the same subject', () => {
    const world = tinyWorld(APP);
    const first = send(world, mail({ To: 'a@a.co', Subject: 'Rent' }));
    expect(send(world, mail({ To: 'a@a.co', Subject: 'Re: Rent' }), first.id).threadId).toBe(first.id);
    expect(send(world, mail({ To: 'a@a.co', Subject: 'Other' }), first.id).threadId).not.toBe(first.id);
  });

  it('to oneself arrives as well', () => {
    const world = tinyWorld(APP);
    expect(send(world, mail({ To: OWNER, Subject: 'x' })).labelIds).toContain('INBOX');
  });
});

describe('a message that is refused', () => {
  it.each([
    ['{ raw: "a+b/" }', 'Invalid value for ByteString'],
    ['{}', "'raw' RFC822 payload message string"],
    ['{ raw: Utilities.base64EncodeWebSafe("Subject: x\\r\\n\\r\\nb") }', 'Recipient address required'],
    ['{ raw: Utilities.base64EncodeWebSafe("To: nobody\\r\\n\\r\\nb") }', 'Invalid To header'],
    [
      '{ raw: Utilities.base64EncodeWebSafe("To: a@b.co\\r\\n\\r\\nb"), threadId: "f00" }',
      'Requested entity was not found.',
    ],
  ])('%s', (resource, text) => {
    const world = tinyWorld(APP);
    const send = `Gmail.Users.Messages.send(${resource}, 'me')`;
    const code = `try { ${send}; } catch (e) { [e.name, e.message, e.details.code]; }`;
    const [name, message, status] = evaluate(code, world) as [string, string, number];
    expect(name).toBe('GoogleJsonResponseException');
    expect(message).toContain(`API call to gmail.users.messages.send failed with error: ${text}`);
    expect([400, 404]).toContain(status);
    expect(world.mailbox).toHaveLength(0);
  });

  it('is refused past the day’s recipients', () => {
    const world = tinyWorld(APP);
    const many = Array.from({ length: 100 }, (_, index) => `p${index}@a.co`).join(', ');
    send(world, mail({ To: many, Subject: 'x' }));
    expect(() => send(world, mail({ To: 'a@a.co', Subject: 'x' }))).toThrow(
      'Service invoked too many times for one day',
    );
  });
});

describe('MailApp', () => {
  it('sends plain text and HTML as alternatives', () => {
    const world = tinyWorld(APP);
    evaluate(
      "MailApp.sendEmail({ to: 'a@a.co', subject: 'Miété', body: 'plain é', htmlBody: '<b>rich</b>', name: 'Ann' })",
      world,
    );
    const [kept] = world.mailbox;
    expect(kept).toMatchObject({ from: `Ann <${OWNER}>`, subject: 'Miété' });
    const part = parsePart(kept?.raw ?? '');
    expect([textOf(part, 'text/plain'), textOf(part, 'text/html')]).toEqual(['plain é', '<b>rich</b>']);
  });
});

describe('the REST face', () => {
  it('asks for a token that this world gave out', () => {
    const world = tinyWorld(APP);
    expect(get(world, 'profile', 'made-up').status).toBe(401);
    expect(get(world, 'profile')).toMatchObject({ status: 200, body: { emailAddress: OWNER, messagesTotal: 0 } });
  });

  it('asks for a scope', () => {
    const world = tinyWorld(tinyBundle(APP, { oauthScopes: ['https://www.googleapis.com/auth/gmail.send'] }));
    expect(get(world, 'messages')).toMatchObject({ status: 403, body: { error: { status: 'PERMISSION_DENIED' } } });
  });

  it('lists by query and pages, newest first', () => {
    const world = tinyWorld(APP);
    const ids = ['one', 'two', 'three'].map((subject) => send(world, mail({ To: 'a@a.co', Subject: subject })).id);
    const first = get(world, 'messages?maxResults=2').body;
    expect(first.messages.map((message: Sent) => message.id)).toEqual([ids[2], ids[1]]);
    const second = get(world, `messages?maxResults=2&pageToken=${first.nextPageToken}`).body;
    expect(second.messages).toHaveLength(1);
    expect(second.nextPageToken).toBeUndefined();
    expect(get(world, 'messages?q=in:sent subject:two').body.messages).toEqual([{ id: ids[1], threadId: ids[1] }]);
    expect(get(world, 'messages?q=subject:four').body).toEqual({ resultSizeEstimate: 0 });
  });

  it('gives a message whole, raw, or only some headers', () => {
    const world = tinyWorld(APP);
    const { id } = send(world, mail({ To: 'a@a.co', Subject: 'Rent', 'X-Lease': 'L-1' }, 'grüße'));
    const full = get(world, `messages/${id}`).body;
    expect(full).toMatchObject({ id, internalDate: String(world.mailbox[0]?.date), snippet: 'grüße' });
    expect(Buffer.from(full.payload.body.data, 'base64url').toString()).toBe('grüße');
    const raw = Buffer.from(get(world, `messages/${id}?format=raw`).body.raw, 'base64url').toString('latin1');
    expect(raw).toBe(world.mailbox[0]?.raw);
    const some = get(world, `messages/${id}?format=metadata&metadataHeaders=x-lease`).body;
    expect(some.payload.headers).toEqual([{ name: 'X-Lease', value: 'L-1' }]);
    expect(get(world, 'messages/none').status).toBe(404);
  });

  it('gives threads and labels', () => {
    const world = tinyWorld(APP);
    const { id } = send(world, mail({ To: 'a@a.co', Subject: 'Rent' }));
    send(world, mail({ To: 'a@a.co', Subject: 'Re: Rent' }), id);
    expect(get(world, `threads/${id}`).body.messages).toHaveLength(2);
    expect(get(world, 'threads').body.threads).toHaveLength(1);
    expect(get(world, 'labels').body.labels).toContainEqual({ id: 'SENT', name: 'SENT', type: 'system' });
  });

  it('is what UrlFetchApp reaches at Gmail’s address', () => {
    const world = tinyWorld(APP);
    const code = `JSON.parse(UrlFetchApp.fetch('https://gmail.googleapis.com/gmail/v1/users/me/profile',
      { headers: { Authorization: 'Bearer ' + ScriptApp.getOAuthToken() } }).getContentText()).emailAddress`;
    expect(evaluate(code, world)).toBe(OWNER);
  });
});

describe('encoded words', () => {
  it('are read in both encodings, and joined across a fold', () => {
    expect(decodeWords('=?UTF-8?Q?caf=C3=A9_au?= =?UTF-8?B?IGxhaXQ=?= now')).toBe('café au lait now');
  });
});
