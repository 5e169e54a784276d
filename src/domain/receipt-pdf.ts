/** The receipt that a payer is given, as a PDF of one page: who paid what for which unit, which charges it pays, and what is open. */
import { digestOf } from './audit';
import type { ReceiptState } from './book';
import { decimal } from './money';
import { type Mark, onePage, PAPER, type Paper } from './pdf-page';
import { wrapped } from './pdf-text';
import type { ReceiptNote } from './status';
import type { Cents, Currency, Key } from './values';

/** The number on the paper: the same for every state of one receipt. */
export const receiptNumber = (receipt: Key): string => `R-${digestOf(receipt).slice(0, 10).toUpperCase()}`;

interface Words {
  readonly title: string;
  /** Under the title; `no` is the receipt's number. */
  says(no: string): string;
  /** The money has not stayed. */
  readonly gone?: true;
}

const received: Words = { title: 'Rent receipt', says: () => '' };
const takenBack = (title: string, because: string): Words => ({
  title,
  says: (no) => `This takes the place of receipt ${no}: ${because}.`,
  gone: true,
});

/** Null where nothing is given out: a receipt is for money that has come, and later for money that went back. */
const WORDS: Readonly<Record<ReceiptState, Words | null>> = {
  pending: null,
  settled: received,
  failed: null,
  returned: takenBack('Payment returned', 'its money has gone back'),
  disputed: takenBack('Payment disputed', 'its money is held back until the dispute is over'),
  'dispute won': { ...received, says: (no) => `The dispute is over: receipt ${no} stands.` },
  'dispute lost': takenBack('Payment lost in a dispute', 'its money has gone back'),
  refunded: takenBack('Payment refunded', 'its money has gone back'),
  'partly refunded': takenBack('Payment partly refunded', 'part of its money has gone back'),
  'not rent': null,
  split: null,
  'taken back': takenBack('Receipt taken back', 'it does not hold'),
};

/** Undefined where nothing is given out, and for a state that this version does not know. */
export const wordsOf = (state: string): Words | undefined => new Map(Object.entries(WORDS)).get(state) ?? undefined;

const LEFT = 56;
const VALUES = 190;
const SMALL = 10;
const LINE = 15;
const CHARGES = 16;

/** `USD 1,450.00` */
function money(amount: Cents, currency: Currency): string {
  const [whole = '', part] = decimal(amount, currency).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${currency} ${grouped}${part === undefined ? '' : `.${part}`}`;
}

const paperOf = (currency: Currency): Paper => (['USD', 'CAD', 'MXN'].includes(currency) ? 'letter' : 'a4');

/** The paper of a note whose state is given out ({@link wordsOf}). 7-bit text. */
export function receiptPdf(note: ReceiptNote, words: Words): string {
  const paper = paperOf(note.currency);
  const page = new Sheet(PAPER[paper].width - LEFT);
  const no = receiptNumber(note.receipt);
  page.line(words.title, { size: 20, bold: true, after: 12 });
  page.line(`No. ${no}`, { after: 6 });
  page.paragraph(words.says(no));
  page.rule();
  for (const [label, value, bold] of rowsOf(note)) if (value !== '') page.row(label, value, bold);
  page.rule();
  if (!words.gone || note.allocated.length > 0) {
    page.line('Pays', { bold: true, after: 4 });
    for (const [label, amount] of chargesOf(note)) page.entry(label, amount);
    page.rule();
  }
  page.entry(...balanceOf(note), true);
  page.rule();
  page.paragraph(`Issued ${note.manager === '' ? '' : `by ${note.manager} `}with Rent Ledger.`);
  return onePage(paper, `${words.title} ${no}`, page.marks);
}

type Row = readonly [label: string, value: string, bold?: boolean];

const rowsOf = (note: ReceiptNote): readonly Row[] => [
  ['Received from', note.residents],
  ['For', note.unit === '' ? note.property : `${note.property}, unit ${note.unit}`],
  ['Address', note.address],
  ['Lease', note.leaseId],
  ['Date of payment', note.day],
  ['Amount', money(note.amountCents, note.currency), true],
  ['Went back', note.reversedCents > 0 ? money(note.reversedCents, note.currency) : '', true],
  ['Paid by', [note.source, note.reference].filter((word) => word !== '').join(', ')],
];

/** `rent due 2026-12-01 1000.00` as words and an amount; as many as have room. */
function chargesOf({ allocated }: ReceiptNote): readonly (readonly [string, string])[] {
  if (allocated.length === 0) return [['no charge yet: the money waits on the account', '']];
  const shown = allocated.length > CHARGES ? allocated.slice(0, CHARGES - 1) : allocated;
  const rest = allocated.length - shown.length;
  const entries = shown.map((each): readonly [string, string] => {
    const [, words, amount] = /^(.*) (-?\d+(?:\.\d+)?)$/.exec(each) ?? [];
    return words !== undefined && amount !== undefined ? [words, amount] : [each, ''];
  });
  return rest === 0 ? entries : [...entries, [`and ${rest} more charges`, '']];
}

function balanceOf({ balanceCents, currency }: ReceiptNote): readonly [string, string] {
  if (balanceCents < 0) return ['Paid ahead', money(-balanceCents as Cents, currency)];
  return ['Balance of the lease', money(balanceCents, currency)];
}

/** Lines from the top down. */
class Sheet {
  readonly marks: Mark[] = [];
  private y = 64;

  constructor(private readonly right: number) {}

  line(text: string, { size = SMALL, bold = false, after = 0 } = {}): void {
    this.y += size;
    this.marks.push({ text, x: LEFT, y: this.y, size, bold });
    this.y += after;
  }

  paragraph(text: string): void {
    if (text === '') return;
    for (const line of wrapped(text, SMALL, this.right - LEFT, 3)) this.line(line, { after: LINE - SMALL });
  }

  row(label: string, value: string, bold = false): void {
    wrapped(value, SMALL, this.right - VALUES, 3).forEach((text, at) => {
      this.y += LINE;
      if (at === 0) this.marks.push({ text: label, x: LEFT, y: this.y, size: SMALL });
      this.marks.push({ text, x: VALUES, y: this.y, size: SMALL, bold });
    });
  }

  /** Words on the left, an amount on the right. */
  entry(label: string, amount: string, bold = false): void {
    this.y += LINE;
    const [text = ''] = wrapped(label, SMALL, this.right - LEFT - 110, 1);
    this.marks.push({ text, x: LEFT, y: this.y, size: SMALL, bold });
    if (amount !== '') this.marks.push({ text: amount, x: this.right, y: this.y, size: SMALL, bold, right: true });
  }

  rule(): void {
    this.y += 10;
    this.marks.push({ rule: this.right - LEFT, x: LEFT, y: this.y });
    this.y += 4;
  }
}
