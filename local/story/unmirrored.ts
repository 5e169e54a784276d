/** The landlord takes a platform's books out of step for a moment, as somebody must who lets them bill the rent by themselves. */

import { Refused } from '../cli/errors';
import { cellOf, rowsOf } from '../cli/tabs';
import type { Stage } from './chapter';

const TAB = 'Connections';
const HEADER = 'Books from';

/** Empties the day from which charges are mirrored, does the act, and writes the day back. */
export function unmirrored(platform: string, act: (stage: Stage) => unknown): (stage: Stage) => void {
  return (stage) => {
    const { world } = stage;
    const row = [...rowsOf(world, TAB)].find((each) => each.Platform === platform);
    const from = row?.[HEADER];
    if (!from) throw new Refused(`${platform} is not kept in step.`);
    const cell = cellOf(world, TAB, platform, HEADER);
    world.edit(TAB, cell, '');
    act(stage);
    world.edit(TAB, cell, from);
  };
}
