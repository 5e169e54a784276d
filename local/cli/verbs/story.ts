/** `story`: plays one of the stories in a world of its own and tells whether every platform did all it can, and agrees. */

import { all } from '../../story/all';
import { crm } from '../../story/crm';
import { messages } from '../../story/messages';
import { money } from '../../story/money';
import { openStoryWorld, type Played, play, type Story } from '../../story/play';
import { forDescriptions } from '../../story/undescribed';
import { fromCwd, writeText } from '../book';
import { UsageError } from '../errors';
import { operand, type Verb } from '../verb';
import { aligned, count } from '../words';

const STORIES: readonly Story[] = [money, messages, crm, all];

function storyNamed(name: string, only: string | undefined): Story {
  const story = STORIES.find((each) => each.name === name);
  if (!story)
    throw new UsageError(`There is no story "${name}". There is: ${STORIES.map((each) => each.name).join(', ')}.`);
  if (only === undefined) return story;
  const chapters = story.chapters.filter((chapter) => chapter.platform === only);
  if (chapters.length === 0) throw new UsageError(`The story ${name} has no chapter "${only}".`);
  return { ...story, chapters };
}

function linesOf({ days, exchanges, receipts, effects, failed, unseen, apart }: Played): readonly string[] {
  return [
    `${count(days, 'day')}, ${count(receipts, 'receipt')}, ${count(exchanges, 'exchange')} with the platforms.`,
    ...aligned(Object.entries(effects).map(([state, number]) => [state, String(number)])),
    ...failed.map((each) => `Failed: ${each}`),
    ...unseen.map((each) => `Not seen: ${each}`),
    ...apart.map((each) => `Apart: ${each}`),
    unseen.length + apart.length === 0
      ? 'Every operation happened, and the ledger agrees with every platform.'
      : `${unseen.length} operations did not happen, ${apart.length} leases differ.`,
  ];
}

export const storyVerb: Verb = {
  name: 'story',
  usage: 'story NAME [PLATFORM] [--har FILE]',
  about: 'plays months with platforms at work, and holds the ledger against each: money, messages, crm, all',
  operands: [1, 2],
  options: [],
  run: async (call) => {
    const story = storyNamed(operand(call, 0), call.words.operands[1]);
    const world = openStoryWorld(call.io, story);
    const played = await play(world, story, (day) => call.say(day));
    const { har } = call.words.values;
    if (har !== undefined) writeText(fromCwd(call.io, har), JSON.stringify(forDescriptions(world.record().toJSON())));
    const good = played.unseen.length + played.apart.length === 0;
    return { exit: good ? 0 : 1, json: { ok: good, story: story.name, ...played }, lines: linesOf(played) };
  },
};
