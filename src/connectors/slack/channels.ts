/** Channels of a workspace: the list to choose from, a channel by its name, and joining the one that was chosen. */
import { bodyOf } from '../../http/body';
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import { everyPage } from '../../http/paging';
import type { Account, Choice, Flow } from '../connector';
import { asked } from '../connector';
import { codeOf, reads, writes } from './api';

const PAGE = 200;
const MAX_PAGES = 50;

/** Those that the app can see, archived ones left out. A page may be empty: only the cursor tells the end. */
function* seen(): Flow<Json[]> {
  const list = { types: 'public_channel,private_channel', exclude_archived: true, limit: PAGE };
  return yield* everyPage<Json, string>(
    (cursor) => reads('conversations.list', { ...list, cursor }),
    (reply) => {
      const page = bodyOf(reply, 'conversations.list');
      return { items: page.list('channels'), next: page.opt('response_metadata.next_cursor') };
    },
    MAX_PAGES,
  );
}

/** To choose from, by name. A private channel without the app is not among them: Slack does not show it. */
export function* channels(): Flow<readonly Choice[]> {
  const choices = (yield* seen()).map((channel): Choice => {
    const [id, name] = [channel.str('id'), `#${channel.str('name')}`];
    if (channel.at('is_private').value === true) return { id, name, note: 'private' };
    return channel.at('is_member').value === true
      ? { id, name }
      : { id, name, note: 'the app joins it with its first message' };
  });
  return choices.sort((a, b) => (a.name < b.name ? -1 : 1));
}

const ID = /^[CG][A-Z0-9]{8,}$/;

/** The id of a channel that is named by id or as `#name`; the connection's own where none is named. */
export function* channelOf(wanted: string | undefined, { SLACK_CHANNEL: own = '' }: Account): Flow<string> {
  const name = (wanted ?? own).trim();
  if (ID.test(name)) return name;
  if (name === '') return fail('rejected', 'No Slack channel is chosen.');
  const plain = name.replace(/^#/, '').toLowerCase();
  const found = (yield* seen()).find((channel) => channel.str('name') === plain);
  const told = `There is no Slack channel #${plain} that the app can see. A private one must be told /invite and its name.`;
  return found ? found.str('id') : fail('missing', told);
}

/** Does it; where the app is not in the channel, a public one is joined first. */
export function* joining<T>(channel: string, act: () => Flow<T>): Flow<T> {
  try {
    return yield* act();
  } catch (error) {
    if (codeOf(error) !== 'not_in_channel') throw error;
  }
  yield* asked(writes('conversations.join', { channel }));
  return yield* act();
}
