/** A lease's thread in Slack: its message, replies that the channel sees, changes, and what is found again after a lost answer. */
import {
  archiveSlackChannel,
  deleteInSlack,
  letBotIntoSlackChannel,
  makeSlackChannel,
  restrictSlackChannel,
  writeInSlack,
} from '../../local/vendors/people';
import { ALERTS, GENERAL, late, SlackBench, settled, threadPayload } from './slack-rig';

const reply = { text: 'Maple Court 4B: a reminder went out.' };

describe('the message of a lease', () => {
  it('says unit, amount, days and standing, and where the ledger is', () => {
    const bench = new SlackBench();
    const ref = bench.sendOk('thread', { ...threadPayload, link: 'https://docs.google.com/x?a=1&b=2' });
    const [message] = bench.state.messages;
    expect(ref).toBe(`${ALERTS} ${message?.ts}`);
    expect(message?.text).toBe(threadPayload.text);
    expect(bench.shown(0)).toBe(
      [
        '*⚠️ Unit 4B is late*\nMaple Court, lease L-104',
        '*Unpaid*\n1250.00 USD',
        '*Balance*\n1300.00 USD',
        '*Days late*\n6',
        '*Standing*\nlate',
        threadPayload.text,
        '<https://docs.google.com/x?a=1&amp;b=2|Open the ledger>',
      ].join('\n'),
    );
  });

  it.each([
    ['lease.escalated', { rung: 'Pay or quit' }, '🔺 Unit 4B: Pay or quit'],
    ['lease.escalated', {}, '🔺 Unit 4B: next step'],
    ['payment.received', {}, '💵 Unit 4B: payment received'],
    ['payment.failed', {}, '❌ Unit 4B: payment failed'],
    ['payment.returned', { unit: '' }, '↩️ Lease L-104: payment returned'],
  ])('says of %s %j: %s', (type, more, headline) => {
    const bench = new SlackBench();
    bench.sendOk('thread', { ...threadPayload, event: { ...late, ...more, type } });
    expect(bench.shown(0)).toContain(`*${headline}*`);
  });

  it('cannot mention anybody, hide a link, or be led elsewhere', () => {
    const bench = new SlackBench();
    const hostile = '<!channel> <https://evil.test|pay here> & @here #general';
    bench.sendOk('thread', {
      ...threadPayload,
      event: { ...late, unit: hostile, property: hostile },
      text: hostile,
      link: 'https://evil.test|<!here>',
    });
    const [message] = bench.state.messages;
    const said = JSON.stringify(message?.blocks);
    expect(said).not.toMatch(/<|Open the ledger/);
    expect(message?.text).not.toMatch(/[<>]/);
    // Names that Slack would look up by itself are left alone.
    const objects = said.match(/"type":"mrkdwn"/g)?.length;
    expect(said.match(/"verbatim":true/g)?.length).toBe(objects);
    expect(bench.sent[0]?.body).toContain('parse=none');
  });

  it('fits the limits of Slack, however long the words are', () => {
    const bench = new SlackBench();
    const long = '&'.repeat(9000);
    bench.sendOk('thread', { ...threadPayload, event: { ...late, unit: long, property: long }, text: long });
    bench.sendOk('reply', { text: long }, { after: `${ALERTS} ${bench.state.messages[0]?.ts}` });
    expect(bench.state.messages).toHaveLength(2);
  });
});

describe('a reply', () => {
  it('hangs under the message and stands in the channel too', () => {
    const bench = new SlackBench();
    const after = bench.sendOk('thread', threadPayload);
    const ref = bench.sendOk('reply', reply, { after });
    const [parent, answer] = bench.state.messages;
    expect(answer).toMatchObject({ threadTs: parent?.ts, isBroadcast: true, text: reply.text });
    expect(ref).toBe(`${ALERTS} ${answer?.ts}`);
  });

  it('is said all the same when somebody has deleted the message', () => {
    const bench = new SlackBench();
    const after = bench.sendOk('thread', threadPayload);
    deleteInSlack(bench.state, ALERTS, after.split(' ')[1] ?? '');
    bench.sendOk('reply', reply, { after });
    expect(bench.state.messages).toMatchObject([{ threadTs: null, text: reply.text }]);
  });

  it('is found again after a lost answer, and not said twice', () => {
    const bench = new SlackBench();
    const after = bench.sendOk('thread', threadPayload);
    bench.loseAnswers();
    expect(bench.send('reply', reply, { after })).toMatchObject({ fault: { fault: 'down' } });
    bench.loseAnswers(false);
    const ref = bench.sendOk('reply', reply, { after, attempt: 2 });
    expect(ref).toBe(`${ALERTS} ${bench.state.messages[1]?.ts}`);
    expect(bench.texts).toEqual([threadPayload.text, reply.text]);
  });

  it.each([undefined, '', 'posted', 'C0RENTALRT'])('needs to know its message: %j is none', (after) => {
    const bench = new SlackBench();
    const result = bench.send('reply', reply, after === undefined ? {} : { after });
    expect(result).toMatchObject({ fault: { fault: 'malformed' } });
    expect(bench.sent).toEqual([]);
  });
});

describe('a change', () => {
  it('lets the message look settled', () => {
    const bench = new SlackBench();
    const after = bench.sendOk('thread', threadPayload);
    const text = 'Maple Court 4B: all is paid.';
    expect(bench.sendOk('update', { event: settled, text }, { after })).toBe(after);
    expect(bench.texts).toEqual([text]);
    expect(bench.shown(0)).toBe(
      ['*✅ Unit 4B is settled*\nMaple Court, lease L-104', '*Balance*\n0.00 USD', '*Standing*\npaid', text].join('\n'),
    );
  });

  it('is the same when it is repeated, and keeps a block name of its own', () => {
    const bench = new SlackBench();
    const after = bench.sendOk('thread', threadPayload);
    const before = bench.state.messages[0]?.blocks[0]?.block_id;
    bench.loseAnswers();
    expect(bench.send('update', { event: settled, text: 'paid' }, { after })).toMatchObject({
      fault: { fault: 'down' },
    });
    bench.loseAnswers(false);
    expect(bench.sendOk('update', { event: settled, text: 'paid' }, { after, attempt: 2 })).toBe(after);
    expect(bench.texts).toEqual(['paid']);
    expect(bench.state.messages[0]?.blocks[0]?.block_id).not.toBe(before);
  });

  it('of a message that somebody has deleted leaves it deleted', () => {
    const bench = new SlackBench();
    const after = bench.sendOk('thread', threadPayload);
    deleteInSlack(bench.state, ALERTS, after.split(' ')[1] ?? '');
    expect(bench.sendOk('update', { event: settled, text: 'paid' }, { after })).toBe(after);
    expect(bench.state.messages).toEqual([]);
  });

  it('in an archive is a fault that says so', () => {
    const bench = new SlackBench();
    const after = bench.sendOk('thread', threadPayload);
    archiveSlackChannel(bench.state, ALERTS);
    const result = bench.send('update', { event: settled, text: 'paid' }, { after });
    expect(result).toMatchObject({ fault: { fault: 'missing', code: 'is_inactive' } });
  });
});

describe('a repeat', () => {
  it('looks through what others have written since, page by page', () => {
    const bench = new SlackBench();
    bench.loseAnswers();
    bench.send('thread', threadPayload);
    bench.loseAnswers(false);
    for (let n = 0; n < 450; n++)
      writeInSlack(bench.state, { channel: ALERTS, user: 'U0MANAGER0', text: `chat ${n}` }, bench.nowMs + n);
    const before = bench.sent.length;
    const ref = bench.sendOk('thread', threadPayload, { attempt: 2 });
    expect(ref).toBe(`${ALERTS} ${bench.state.messages[0]?.ts}`);
    expect(bench.sent.slice(before).map(({ method }) => method)).toEqual(['GET', 'GET', 'GET']);
    expect(bench.state.messages).toHaveLength(451);
  });

  it('is sent when the first try has not arrived', () => {
    const bench = new SlackBench();
    bench.answer = (request, answer) => (request.method === 'POST' ? new Error('Address unavailable') : answer());
    bench.send('thread', threadPayload);
    expect(bench.state.messages).toEqual([]);
    bench.loseAnswers(false);
    bench.sendOk('thread', threadPayload, { attempt: 2 });
    expect(bench.state.messages).toHaveLength(1);
  });

  it('takes no message of another effect for its own', () => {
    const bench = new SlackBench();
    bench.sendOk('notice', { channel: ALERTS, text: threadPayload.text });
    bench.sendOk('thread', threadPayload, { attempt: 2 });
    expect(bench.state.messages).toHaveLength(2);
  });

  it('that may not look is left to a person', () => {
    const bench = new SlackBench();
    bench.loseAnswers();
    bench.send('thread', threadPayload);
    bench.loseAnswers(false);
    bench.state.tokens[0]!.scopes = ['chat:write'];
    const result = bench.send('thread', threadPayload, { attempt: 2 });
    expect(result).toMatchObject({
      fault: { fault: 'rejected', message: expect.stringContaining('lacks the scope channels:history') },
    });
    expect(bench.state.messages).toHaveLength(1);
  });

  it('in a channel that is too busy to be looked through is left to a person', () => {
    const bench = new SlackBench();
    for (let n = 0; n < 5001; n++)
      writeInSlack(bench.state, { channel: ALERTS, user: 'U0MANAGER0', text: 'chat' }, bench.nowMs);
    const result = bench.send('thread', threadPayload, { attempt: 2 });
    expect(result).toMatchObject({ fault: { fault: 'rejected' } });
    expect(bench.state.messages).toHaveLength(5001);
  });
});

describe('a channel', () => {
  it('that is public is joined with the first message', () => {
    const bench = new SlackBench();
    const ref = bench.sendOk('thread', { ...threadPayload, channel: GENERAL });
    expect(ref).toMatch(new RegExp(`^${GENERAL} `));
    expect(bench.state.channels.find(({ id }) => id === GENERAL)?.hasBot).toBe(true);
  });

  it('is found by its name, and is the connection’s own where none is named', () => {
    const bench = new SlackBench();
    expect(bench.sendOk('notice', { channel: '#Rent-Alerts', text: 'x' })).toMatch(/^C0RENTALRT /);
    expect(bench.sendOk('notice', { text: 'y' }, { attempt: 1 })).toMatch(/^C0RENTALRT /);
    const without = bench.send('notice', { text: 'z' }, { account: {} });
    expect(without).toMatchObject({ fault: { fault: 'rejected', message: 'No Slack channel is chosen.' } });
  });

  it.each([
    ['C0NOWHERE0', 'missing', /channel_not_found\. It was deleted/],
    ['#nowhere', 'missing', /no Slack channel #nowhere/],
  ])('%s is a %s fault that says what to do', (channel, fault, message) => {
    const result = new SlackBench().send('notice', { channel, text: 'x' });
    expect(result).toMatchObject({ fault: { fault, message: expect.stringMatching(message) } });
  });

  it('that is private needs an invitation, and is used then', () => {
    const bench = new SlackBench();
    const hidden = makeSlackChannel(bench.state, 'owners', { isPrivate: true });
    expect(bench.send('notice', { channel: hidden, text: 'x' })).toMatchObject({ fault: { fault: 'missing' } });
    letBotIntoSlackChannel(bench.state, hidden);
    expect(bench.sendOk('notice', { channel: hidden, text: 'x' })).toMatch(new RegExp(`^${hidden} `));
  });

  it('that is kept for admins is a fault', () => {
    const bench = new SlackBench();
    restrictSlackChannel(bench.state, ALERTS);
    const result = bench.send('notice', { text: 'x' });
    expect(result).toMatchObject({ fault: { fault: 'rejected', code: 'restricted_action_read_only_channel' } });
  });
});
