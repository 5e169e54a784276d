/** What a Slack message may hold: text, and blocks within their limits. */

export type Block = Readonly<Record<string, unknown>>;

/** Characters; what is longer is cut. */
export const MAX_TEXT = 40_000;
const MAX_BLOCKS = 50;
const MAX_BLOCK_TEXT = 13_200;
const KNOWN = [
  'actions',
  'context',
  'divider',
  'header',
  'image',
  'markdown',
  'rich_text',
  'section',
  'table',
  'video',
];

export interface Content {
  readonly text: string;
  readonly blocks: readonly Block[];
}

export interface BadContent {
  readonly error: string;
  /** Where the error lies, as the Web API tells it besides. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** Reads text and blocks out of a payload, or gives Slack's error. The text may be longer than what is kept. */
export function contentOf(payload: Readonly<Record<string, unknown>>): Content | BadContent {
  const { text = '', blocks = [], attachments = [] } = payload;
  if (typeof text !== 'string') return { error: 'no_text' };
  const wrong = wrongBlock(blocks);
  if (wrong !== undefined) {
    return {
      error: 'invalid_blocks',
      more: { errors: [wrong], response_metadata: { messages: [`[ERROR] ${wrong}`] } },
    };
  }
  if (!Array.isArray(attachments)) return { error: 'invalid_attachments' };
  if (attachments.length > 100) return { error: 'too_many_attachments' };
  const kept = blocks as readonly Block[];
  if (text.trim() === '' && kept.length === 0 && attachments.length === 0) return { error: 'no_text' };
  if (blockText(kept) > MAX_BLOCK_TEXT) return { error: 'msg_blocks_too_long' };
  return { text, blocks: kept };
}

/** What is wrong with the blocks, and where. */
function wrongBlock(blocks: unknown): string | undefined {
  if (!Array.isArray(blocks)) return 'must be an array [json-pointer:/blocks]';
  if (blocks.length > MAX_BLOCKS) return `no more than ${MAX_BLOCKS} items allowed [json-pointer:/blocks]`;
  const at = blocks.findIndex((block) => !isBlock(block));
  if (at >= 0) return `failed to match all allowed schemas [json-pointer:/blocks/${at}]`;
  const ids = blocks.flatMap((block: Block) => (block.block_id === undefined ? [] : [block.block_id]));
  const twice = ids.find((id, place) => ids.indexOf(id) !== place);
  return twice === undefined ? undefined : `block_id ${String(twice)} already exists [json-pointer:/blocks]`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isBlock(block: unknown): boolean {
  if (!isRecord(block) || !KNOWN.includes(String(block.type))) return false;
  if (block.block_id !== undefined && !isShort(block.block_id, 255)) return false;
  switch (block.type) {
    case 'header':
      return isText(block.text, 150, ['plain_text']);
    case 'section':
      return isSection(block);
    case 'context':
      return isList(block.elements, 10, isContextElement);
    case 'actions':
      return isList(block.elements, 25, isElement);
    case 'image':
      return (isShort(block.image_url, 3000) || isRecord(block.slack_file)) && isShort(block.alt_text, 2000);
    case 'markdown':
      return isShort(block.text, 12_000);
    default:
      return true;
  }
}

function isSection(block: Record<string, unknown>): boolean {
  if (block.text === undefined && block.fields === undefined) return false;
  if (block.text !== undefined && !isText(block.text, 3000)) return false;
  if (block.fields !== undefined && !isList(block.fields, 10, (field) => isText(field, 2000))) return false;
  return block.accessory === undefined || isElement(block.accessory);
}

function isContextElement(element: unknown): boolean {
  if (isRecord(element) && element.type === 'image') return isShort(element.alt_text, 2000);
  return isText(element, 3000);
}

function isElement(element: unknown): boolean {
  if (!isRecord(element) || typeof element.type !== 'string') return false;
  if (element.type !== 'button') return true;
  return isText(element.text, 75, ['plain_text']) && (element.url === undefined || isShort(element.url, 3000));
}

function isText(text: unknown, max: number, types: readonly string[] = ['plain_text', 'mrkdwn']): boolean {
  return isRecord(text) && types.includes(String(text.type)) && isShort(text.text, max);
}

function isShort(value: unknown, max: number): boolean {
  return typeof value === 'string' && value.length >= 1 && value.length <= max;
}

function isList(value: unknown, max: number, each: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length >= 1 && value.length <= max && value.every(each);
}

function blockText(blocks: readonly unknown[]): number {
  let length = 0;
  JSON.stringify(blocks, (key, value) => {
    if (key === 'text' && typeof value === 'string') length += value.length;
    return value;
  });
  return length;
}
