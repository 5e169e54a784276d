/** The Slack view of the local page: who wrote what, where it stands, and what became of it. */
import { slackPieces } from '../../local/page/app/slack-text';
import { chatList } from '../../local/page/server/post-view';
import type { SlackState } from '../../local/vendors/slack';
import { writeInSlack } from '../../local/vendors/slack/people';
import { smallWorld } from '../worlds';

it('shows threads, changes and other people, the newest first', () => {
  const world = smallWorld({ on: '2026-12-01', leases: [] });
  const sandbox = world.sandboxes.find(({ id }) => id === 'slack');
  const state = world.vendorState<SlackState>('slack');
  state.messages = [];
  const call = (method: string, fields: Record<string, string>) => {
    const headers = {
      authorization: 'Bearer xoxb-rentledger',
      'content-type': 'application/x-www-form-urlencoded',
    };
    const body = new URLSearchParams({ channel: 'C0RENTALRT', ...fields }).toString();
    const request = { method: 'POST', url: `https://slack.com/api/${method}`, headers, body };
    return JSON.parse(sandbox?.handle(state, request, world.now).body ?? '') as { ts: string };
  };
  const { ts } = call('chat.postMessage', { text: 'Unit 4 is late' });
  writeInSlack(state, { channel: 'C0RENTALRT', user: 'U0MANAGER0', text: 'I call them', under: ts }, world.now);
  call('chat.postMessage', { text: 'A reminder went out', thread_ts: ts, reply_broadcast: 'true' });
  call('chat.update', { ts, text: 'Unit 4 has paid' });
  expect(chatList(world).map(({ by, text, notes }) => [by, text, ...notes])).toEqual([
    ['Rent Ledger', 'A reminder went out', 'in a thread and the channel'],
    ['U0MANAGER0', 'I call them', 'in a thread'],
    ['Rent Ledger', 'Unit 4 has paid', 'changed'],
  ]);
});

it('shows bold words, links by their words, and what was escaped as it was written', () => {
  expect(slackPieces('*Unit 4* &lt;A&gt; <https://docs.google.com/x?a=1&amp;b=2|Open the ledger>')).toEqual([
    { text: 'Unit 4', bold: true },
    { text: ' <A> Open the ledger', bold: false },
  ]);
});
