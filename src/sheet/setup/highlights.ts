/** The conditional formats of the add-on's tabs: which words get which tone, each exactly once. */
import type { EffectState, ReceiptState } from '../../domain/book';
import { once } from '../../domain/once';
import type { SheetRequest } from '../../ports';
import { rgb, TONES, type ToneName } from './colours';
import { type ConditionalFormat, type CurrentSheet, type RuleSeen, ruleKey } from './current';
import type { Placement } from './headers';
import { STATUS_LOOKS } from './status';

interface Highlight {
  readonly tab: string;
  readonly header: string;
  readonly type: 'TEXT_STARTS_WITH' | 'TEXT_EQ' | 'NOT_BLANK';
  readonly text?: string;
  readonly tone: ToneName;
}

const RECEIPT_TONES: Readonly<Record<ReceiptState, ToneName>> = {
  settled: 'good',
  'dispute won': 'good',
  pending: 'processing',
  failed: 'late',
  returned: 'late',
  'dispute lost': 'late',
  disputed: 'agreed',
  refunded: 'resting',
  'partly refunded': 'due',
  'not rent': 'resting',
  split: 'good',
  'taken back': 'resting',
};

const OUTBOX_TONES: Readonly<Record<EffectState, ToneName>> = {
  'waiting for release': 'due',
  ready: 'processing',
  sending: 'processing',
  scheduled: 'processing',
  sent: 'good',
  failed: 'late',
  cancelled: 'resting',
  unsure: 'late',
};

const words = (tab: string, tones: Readonly<Record<string, ToneName>>): Highlight[] =>
  Object.entries(tones).map(([text, tone]) => ({ tab, header: 'State', type: 'TEXT_EQ', text, tone }));

// Text conditions and no formulas: a formula would have to be written anew for each locale's separators.
const highlights = once((): readonly Highlight[] => [
  ...Object.values(STATUS_LOOKS).map(
    ({ icon, tone }): Highlight => ({
      tab: 'Rent Roll',
      header: 'Status',
      type: 'TEXT_STARTS_WITH',
      text: icon,
      tone,
    }),
  ),
  { tab: 'Rent Roll', header: 'Problem', type: 'NOT_BLANK', tone: 'late' },
  ...words('Receipts', RECEIPT_TONES),
  ...words('Outbox', OUTBOX_TONES),
]);

/** The requests that leave each of a tab's highlights in place exactly once; people's own rules keep theirs. */
export function highlightRequests(
  title: string,
  sheetId: number,
  place: Placement,
  sheet: CurrentSheet | undefined,
): SheetRequest[] {
  const seen = sheet?.rules ?? [];
  const [updates, surplus, adds]: [SheetRequest[], number[], ConditionalFormat[]] = [[], [], []];
  for (const highlight of highlights().filter((each) => each.tab === title)) {
    const column = place.columns.find((each) => each.column.header === highlight.header)!.at;
    const rule = conditionalFormat(highlight, sheetId, column);
    const ours = seen.filter(
      (each) => each.key === ruleKey(rule) && each.ranges.some((range) => range.startColumn === column),
    );
    const [first, ...more] = ours;
    surplus.push(...more.map((each) => each.index));
    if (!first) adds.push(rule);
    else if (!covers(first, column, sheet?.rows ?? 0)) updates.push(update(first.index, rule));
  }
  const deletes = surplus.sort((a, b) => b - a).map((index) => ({ deleteConditionalFormatRule: { sheetId, index } }));
  const next = seen.length - deletes.length;
  // Behind people's rules, so that theirs win where both apply.
  return [
    ...updates,
    ...deletes,
    ...adds.map((rule, index) => ({ addConditionalFormatRule: { rule, index: next + index } })),
  ];
}

const update = (index: number, rule: ConditionalFormat): SheetRequest => ({
  updateConditionalFormatRule: { index, rule },
});

function covers(rule: RuleSeen, column: number, rows: number): boolean {
  return rule.ranges.some(
    (range) =>
      range.startRow <= 1 &&
      (range.endRow === undefined || range.endRow >= rows) &&
      range.startColumn === column &&
      range.endColumn === column + 1,
  );
}

function conditionalFormat(highlight: Highlight, sheetId: number, column: number): ConditionalFormat {
  const { text, fill } = TONES[highlight.tone];
  const values = highlight.text === undefined ? {} : { values: [{ userEnteredValue: highlight.text }] };
  const range = { sheetId, startRowIndex: 1, startColumnIndex: column, endColumnIndex: column + 1 };
  return {
    ranges: [range],
    booleanRule: {
      condition: { type: highlight.type, ...values },
      format: {
        backgroundColorStyle: { rgbColor: rgb(fill) },
        textFormat: { foregroundColorStyle: { rgbColor: rgb(text) } },
      },
    },
  };
}
