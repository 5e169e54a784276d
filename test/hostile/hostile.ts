/** Hostile inputs by their id in the collection that they come from, each tried against the built bundle. */

/** One hostile input: what it is, and what must come of it. */
export const hostile = (id: string, says: string, check: jest.ProvidesCallback): void => it(`${id}: ${says}`, check);

/** Cases that wait for something which is not there yet, each with the reason. */
export const LATER: Readonly<Record<string, string>> = {
  'sheet-formula-19': 'the Google Sheets connector comes with the messages; nothing here writes through values.update',
};
