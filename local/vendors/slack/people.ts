/** What people do in Slack itself: they write, delete, archive and rename, let the bot in or out, and install or remove the app. */
import { BOT_SCOPES, type Channel, post, type SlackState } from './state';

function channelOf(state: SlackState, id: string): Channel {
  const channel = state.channels.find((one) => one.id === id);
  if (!channel) throw new Error(`There is no channel ${id}.`);
  return channel;
}

/** A member writes into a channel, or under a message. Gives its `ts`. */
export function writeInSlack(
  state: SlackState,
  { channel, user, text, under }: { channel: string; user: string; text: string; under?: string },
  nowMs: number,
): string {
  const where = { channel: channelOf(state, channel).id, threadTs: under ?? null, isBroadcast: false };
  return post(state, { ...where, text, blocks: [], via: 'person', user, at: nowMs }).ts;
}

/** Somebody deletes a message; what hangs under it stays. */
export function deleteInSlack(state: SlackState, channel: string, ts: string): void {
  const message = state.messages.find((one) => one.channel === channel && one.ts === ts);
  if (!message) throw new Error(`There is no message ${ts} in ${channel}.`);
  state.messages = state.messages.filter((one) => one !== message);
}

/** Gives the id of a channel that a member makes. */
export function makeSlackChannel(state: SlackState, name: string, more: Partial<Channel> = {}): string {
  const id = `C0MADE${String(state.channels.length).padStart(4, '0')}`;
  state.channels.push({ id, name, isPrivate: false, isArchived: false, hasBot: false, ...more });
  return id;
}

export function renameSlackChannel(state: SlackState, id: string, name: string): void {
  const channel = channelOf(state, id);
  channel.previousNames = [...(channel.previousNames ?? []), channel.name];
  channel.name = name;
}

export function archiveSlackChannel(state: SlackState, id: string, isArchived = true): void {
  channelOf(state, id).isArchived = isArchived;
}

/** `/invite @Rent Ledger`, or the bot is taken out again. */
export function letBotIntoSlackChannel(state: SlackState, id: string, hasBot = true): void {
  channelOf(state, id).hasBot = hasBot;
}

/** An admin lets only admins post in a channel. */
export function restrictSlackChannel(state: SlackState, id: string, isReadOnly = true): void {
  channelOf(state, id).isReadOnly = isReadOnly;
}

/** The owner installs the app with some scopes, and is shown its bot token. */
export function installSlackApp(state: SlackState, scopes: readonly string[] = BOT_SCOPES): string {
  const token = `xoxb-rentledger-${state.tokens.length + 1}`;
  state.tokens.push({ token, scopes });
  return token;
}

/** The app is taken out of the workspace: its tokens and webhooks are dead from then on. */
export function uninstallSlackApp(state: SlackState): void {
  for (const token of state.tokens) token.error = 'token_revoked';
  state.webhooks = [];
}
