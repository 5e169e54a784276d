/** What an evidence packet holds: parts that are tables of text, in the order in which a reader needs them. */

export type PartId =
  | 'cover'
  | 'statement'
  | 'charges'
  | 'receipts'
  | 'messages'
  | 'tasks'
  | 'decisions'
  | 'matters'
  | 'ledger'
  | 'log';

export interface PartColumn {
  readonly header: string;
  /** A figure stands at the right and is read back as a number. */
  readonly figure?: true;
}

export interface PartKind {
  readonly id: PartId;
  readonly title: string;
  /** What the reader has before them. */
  readonly about: string;
  readonly columns: readonly PartColumn[];
  /** Many columns: each row is a paragraph with its headers, for no paper is as wide. */
  readonly wide?: true;
  readonly empty: string;
}

const text = (header: string): PartColumn => ({ header });
const figure = (header: string): PartColumn => ({ header, figure: true });

/** The columns of the Ledger tab, as its rows are digested. */
export const LEDGER_HEADERS: readonly PartColumn[] = [
  ...['Key', 'Posted', 'Day', 'Property', 'Lease ID', 'Kind', 'Type'].map(text),
  figure('Amount'),
  ...['Currency', 'Due', 'From', 'Until'].map(text),
  figure('Rate'),
  ...['About', 'Allocated', 'Why', 'By'].map(text),
];

/** The columns of the Log tab before its own digest. */
export const LOG_HEADERS: readonly PartColumn[] = [
  figure('Number'),
  ...['At', 'Who', 'Run', 'Lease ID', 'Kind', 'What', 'Before', 'After', 'Key', 'Row digest'].map(text),
];

export const PARTS: readonly PartKind[] = [
  {
    id: 'cover',
    title: 'The lease',
    about: 'Who, where, for which days, by which terms and law, and by whom this packet was made.',
    columns: [text('Fact'), text('Value')],
    empty: '',
  },
  {
    id: 'statement',
    title: 'Statement of account',
    about: 'Each charge, payment and credit in the order in which it was written, and what was owed after it.',
    columns: [
      text('Day'),
      text('What'),
      figure('Charged'),
      figure('Received or credited'),
      figure('Owed after'),
      text('Ledger row'),
    ],
    empty: 'Nothing was charged or paid in this time.',
  },
  {
    id: 'charges',
    title: 'Charges and their arithmetic',
    about: 'How each charge was reckoned, as it was written when it was made.',
    columns: [text('Due'), text('Charge'), text('For'), figure('Amount'), text('Arithmetic'), text('Ledger row')],
    empty: 'Nothing was charged in this time.',
  },
  {
    id: 'receipts',
    title: 'Payments seen',
    about: 'Payments as their sources told them, with their state when this packet was made, and what was taken back.',
    columns: [
      text('Initiated'),
      text('Source'),
      text('Number there'),
      text('Payer'),
      figure('Amount'),
      text('State'),
      figure('Taken back'),
      text('Returns and refunds'),
      text('Why it is this lease'),
      text('What it pays'),
      text('Failure'),
      text('Key'),
    ],
    empty: 'No payment was seen in this time.',
  },
  {
    id: 'messages',
    title: 'Notices and messages',
    about: 'What was to be said to whom, in which version of its template, and what became of it.',
    columns: [
      text('Wanted'),
      text('Kind'),
      text('By'),
      text('To'),
      text('Subject'),
      text('State'),
      text('Last change'),
      text('Delivery'),
      text('Reference'),
      text('Fault'),
      text('Template and version'),
      text('Digest of what was said'),
      text('Key'),
    ],
    empty: 'No message was wanted in this time.',
  },
  {
    id: 'tasks',
    title: 'Tasks for people',
    about: 'What somebody was asked to do about this lease, and what came of it.',
    columns: [text('Due'), text('Task'), text('Detail'), text('Owner'), text('State'), text('Outcome'), text('Key')],
    empty: 'Nobody was asked to do anything in this time.',
  },
  {
    id: 'decisions',
    title: 'What people decided',
    about: 'Waivers, holds, changes and edits of people, each with its reason where one was given.',
    columns: [text('At'), text('Who'), text('What'), text('Reason or change'), text('Where')],
    empty: 'No person changed anything in this time.',
  },
  {
    id: 'matters',
    title: 'Disputes, promises and plans',
    about:
      'What residents asked for and how they were answered; when a disputed line or a payment plan began and ended.',
    columns: [text('Day'), text('Matter'), text('About'), text('Reason'), text('By'), text('Answer'), text('Row')],
    empty: 'Nothing was disputed and no plan ran in this time.',
  },
  {
    id: 'ledger',
    title: 'Rows of the Ledger',
    about:
      'Each row as it stands on the Ledger tab, the digest of its cells, and whether the Log reports the same one.',
    columns: [...LEDGER_HEADERS, text('Digest'), text('As the Log reports')],
    wide: true,
    empty: 'There is no row in this time.',
  },
  {
    id: 'log',
    title: 'Lines of the Log',
    about:
      'Each line about this lease, with the digest of the line before it and its own: the chain that an edit breaks.',
    columns: [...LOG_HEADERS, text('Digest before'), text('Digest')],
    wide: true,
    empty: 'There is no line in this time.',
  },
];

export type PartRow = readonly string[];

/** The rows of every part. */
export type Packet = Readonly<Record<PartId, readonly PartRow[]>>;

export const partKind = (id: PartId): PartKind => PARTS.find((each) => each.id === id) as PartKind;

/** A fact of the cover; '' where it is not there. */
export const coverFact = (packet: Pick<Packet, 'cover'>, fact: string): string =>
  packet.cover.find(([name]) => name === fact)?.[1] ?? '';
