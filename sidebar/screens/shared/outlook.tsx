/** What messages will use before they leave: mails and the quota that is left, parts of texts, and their cost. */
import type { Outlook } from '../../../src/api/desk/setup';
import { List, Note } from '../../kit';

const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;

type Mails = Outlook['mails'][number];

const left = ({ left: rest, perDay }: Mails, isToday: boolean): string =>
  rest === undefined ? '' : isToday ? `; ${rest} of ${perDay} left today` : `; it takes ${perDay} a day`;

function linesOf({ mails, texts, segments, cost }: Outlook, isToday: boolean): readonly string[] {
  const price = cost ? `, about ${cost}` : '. No price is known: write it under "Text price" on the Settings tab';
  return [
    ...mails.map((each) => `${counted(each.count, 'mail')} by ${each.by}${left(each, isToday)}`),
    ...(texts > 0 ? [`${counted(texts, 'text')} in ${counted(segments, 'part')}${price}`] : []),
  ];
}

/** More than may leave in a day leaves on the next. */
const isShort = ({ count, left: rest }: Mails): boolean => rest !== undefined && count > rest;

export function OutlookLines({ outlook, isToday }: { readonly outlook: Outlook; readonly isToday: boolean }) {
  const lines = linesOf(outlook, isToday);
  if (lines.length === 0) return null;
  return (
    <>
      <List of={lines} keyOf={(line) => line}>
        {(line) => line}
      </List>
      {isToday && outlook.mails.some(isShort) ? (
        <Note tone="due">That is more than Gmail takes today. The rest leaves tomorrow, the most urgent first.</Note>
      ) : null}
    </>
  );
}
