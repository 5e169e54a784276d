/** Payments of Breeze's own in a file: the lines of one receipt together, and with what took it back. */
import type { ExportedLine } from '../../../connectors/yardi-breeze/csv/read';
import { negate, plus } from '../../../domain/money';
import type { Cents } from '../../../domain/values';

export interface TheirPayment {
  /** The first of its lines. */
  readonly line: ExportedLine;
  readonly amountCents: Cents;
  /** Its reference here: `Breeze 4711` by the control number, else `Breeze ref 1182`; '' where the file has neither. */
  readonly name: string;
  readonly back?: ExportedLine;
}

export interface TheirPayments {
  readonly payments: readonly TheirPayment[];
  /** Amounts below nothing whose payment is not in the file. */
  readonly strays: readonly ExportedLine[];
}

const nameOf = ({ id, reference }: ExportedLine): string => {
  const name = id ? `Breeze ${id}` : reference ? `Breeze ref ${reference}` : '';
  return name.replace(/\s+/g, ' ').trim();
};

/** `lines` are receipts without a number of ours. */
export function theirPayments(lines: readonly ExportedLine[]): TheirPayments {
  const payments = new Map<string, TheirPayment>();
  for (const line of lines.filter(({ amountCents }) => amountCents > 0)) {
    const name = nameOf(line);
    // One receipt on several charges has a line for each.
    const key = name === '' ? `line ${line.line}` : `${line.tenant.toLowerCase()}|${line.day}|${name}`;
    const known = payments.get(key);
    const amountCents = plus(known?.amountCents ?? (0 as Cents), line.amountCents);
    payments.set(key, { line: known?.line ?? line, amountCents, name });
  }
  const strays: ExportedLine[] = [];
  for (const back of backsOf(lines)) {
    const [key, given] = [...payments].find(([, each]) => takesBack(back, each)) ?? [];
    if (key && given) payments.set(key, { ...given, back });
    else strays.push(back);
  }
  return { payments: [...payments.values()], strays };
}

/** Lines that take back parts of one receipt on one day are one. */
function backsOf(lines: readonly ExportedLine[]): readonly ExportedLine[] {
  const backs = new Map<string, ExportedLine>();
  for (const line of lines.filter(({ amountCents }) => amountCents < 0)) {
    const name = nameOf(line);
    const key = name === '' ? `line ${line.line}` : `${line.tenant.toLowerCase()}|${line.day}|${name}`;
    const known = backs.get(key);
    backs.set(key, known ? { ...known, amountCents: plus(known.amountCents, line.amountCents) } : line);
  }
  return [...backs.values()];
}

function takesBack(back: ExportedLine, { line, amountCents, back: taken }: TheirPayment): boolean {
  if (taken || back.tenant.toLowerCase() !== line.tenant.toLowerCase()) return false;
  const isNamed =
    (back.id !== '' && back.id === line.id) || (back.reference !== '' && back.reference === line.reference);
  return isNamed && negate(back.amountCents) === amountCents && back.day >= line.day;
}
