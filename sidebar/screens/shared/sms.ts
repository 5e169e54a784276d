/** How long a text message is, as carriers count it. */

export interface Parts {
  readonly segments: number;
  readonly encoding: string;
}

const counted = (segments: number): string => (segments === 1 ? '1 part' : `${segments} parts`);

/** `Text of 2 parts (GSM-7).`: each part is paid for. */
export function partsText({ segments, encoding }: Parts): string {
  const dear = encoding === 'UCS-2' ? ': letters beyond the plain alphabet make parts shorter' : '';
  return `Text of ${counted(segments)} (${encoding})${dear}.`;
}
