/** How long a text message is, as carriers count it. */

export interface Parts {
  readonly segments: number;
  readonly encoding?: string;
}

const LENGTHS: Readonly<Record<string, string>> = {
  'GSM-7': ' Plain letters: 160 fit into one part.',
  'UCS-2': ' It has letters beyond the plain alphabet, so that only 70 fit into one part.',
};

/** `Text of 2 parts. Plain letters: …`: each part is paid for. */
export function partsText({ segments, encoding = '' }: Parts): string {
  return `Text of ${segments === 1 ? '1 part' : `${segments} parts`}${encoding ? ` (${encoding})` : ''}.${LENGTHS[encoding] ?? ''}`;
}
