/** Terms, links, ladder and templates as values; a row that cannot be read is a problem, and every other one counts. */
import type { Lease, Term } from '../domain/book';
import type { Rung } from '../domain/ladder';
import type { Link } from '../domain/matching';
import { checkTemplate } from '../domain/message-check';
import { cents } from '../domain/money';
import { isBuiltIn, type Template } from '../domain/templates';
import type { Currency } from '../domain/values';
import type { Cell } from '../ports';
import { intOf, isBlank, textOf } from './cells';
import type { Layout } from './layout';
import { amountOf, choice, dateOfCell, type Read, readRows } from './row-reader';

export function readTerms(
  layout: Layout,
  cells: readonly (readonly Cell[])[],
  leases: ReadonlyMap<string, Lease>,
  currencyFor: (lease: Lease) => Currency,
): Read<Term> {
  return readRows(layout, cells, (cell, row, problem) => {
    const before = problem.list.length;
    const lease = leases.get(textOf(cell('Lease ID')).toLowerCase());
    if (!lease) {
      problem(
        'Lease ID',
        `"${textOf(cell('Lease ID')).slice(0, 40)}" is no lease that runs.`,
        'Write an id as it stands on the Leases tab, or mend that row.',
      );
      return undefined;
    }
    const type = textOf(cell('Type')).toLowerCase();
    if (type === '')
      problem('Type', 'The type is empty.', 'Write rent, parking, utilities, credit or a word of your own.');
    if (/[;=|()]/.test(type))
      problem('Type', `"${type.slice(0, 40)}" has a sign that is not allowed.`, 'Use letters, digits and spaces.');
    const amountCents = amountOf(cell, 'Amount', currencyFor(lease), problem);
    const from = dateOfCell(cell, 'From', problem, true);
    const until = dateOfCell(cell, 'Until', problem, false);
    const every = choice(cell, 'Every', { '': 'period', period: 'period', once: 'once' } as const, problem);
    if (problem.list.length > before || amountCents === undefined || !from || !every) return undefined;
    return {
      row,
      lease: lease.id,
      type,
      amountCents,
      from,
      ...(until ? { until } : {}),
      every,
      memo: textOf(cell('Memo')),
    };
  });
}

export function readLinks(
  layout: Layout,
  cells: readonly (readonly Cell[])[],
  leases: ReadonlyMap<string, Lease>,
): Read<Link> {
  return readRows(layout, cells, (cell, row, problem) => {
    const lease = leases.get(textOf(cell('Lease ID')).toLowerCase());
    const kind = (['customer', 'autopay', 'payer', 'document'] as const).find(
      (each) => each === textOf(cell('Kind')).toLowerCase(),
    );
    if (!lease)
      problem(
        'Lease ID',
        `"${textOf(cell('Lease ID')).slice(0, 40)}" is no lease that runs.`,
        'Write an id as it stands on the Leases tab, or mend that row.',
      );
    if (!kind)
      problem(
        'Kind',
        `"${textOf(cell('Kind')).slice(0, 40)}" is not a kind of link.`,
        'Choose customer, autopay, payer or document.',
      );
    const externalId = textOf(cell('External ID'));
    if (externalId === '') problem('External ID', 'The id is empty.', 'Write the id at the platform.');
    return lease && kind && externalId
      ? {
          row,
          lease: lease.id,
          platform: textOf(cell('Platform')).toLowerCase(),
          kind,
          externalId,
          note: textOf(cell('Note')),
        }
      : undefined;
  });
}

const CHANNELS = {
  '': 'resident',
  resident: 'resident',
  email: 'email',
  sms: 'sms',
  both: 'both',
  task: 'task',
} as const;

export function readLadder(layout: Layout, cells: readonly (readonly Cell[])[], currency: Currency): Read<Rung> {
  const seen = new Set<string>();
  return readRows(layout, cells, (cell, _row, problem) => {
    const before = problem.list.length;
    const name = textOf(cell('Rung'));
    if (name === '' || /[;|:]/.test(name))
      problem('Rung', `"${name}" is not a usable name.`, 'Use letters, digits and dashes.');
    if (seen.has(name)) problem('Rung', `"${name}" stands twice.`, 'Give every rung its own name.');
    const days = intOf(cell('Days'));
    if (days === undefined)
      problem(
        'Days',
        `"${textOf(cell('Days'))}" is not a number of days.`,
        'Write a whole number; -3 is three days before.',
      );
    const number = (column: string): number => {
      if (isBlank(cell(column))) return 0;
      const value = intOf(cell(column));
      if (value === undefined || value < 0)
        problem(column, `"${textOf(cell(column))}" is not a whole number.`, 'Write a whole number or leave it empty.');
      return value ?? 0;
    };
    const minimumCents = isBlank(cell('Minimum balance'))
      ? cents(0)
      : amountOf(cell, 'Minimum balance', currency, problem);
    const [minimumUnpaid, everyDays, timesMax] = [number('Minimum unpaid'), number('Every'), number('Times')];
    const from = choice(
      cell,
      'Counted from',
      { '': 'due', due: 'due', 'first fee': 'first fee', signed: 'signed' } as const,
      problem,
    );
    const channel = choice(cell, 'Channel', CHANNELS, problem);
    if (problem.list.length > before || days === undefined || minimumCents === undefined || !from || !channel)
      return undefined;
    seen.add(name);
    return {
      name,
      days,
      from,
      minimumCents,
      minimumUnpaid,
      everyDays,
      timesMax,
      channel,
      template: textOf(cell('Template')) || name,
      task: textOf(cell('Task')),
      release: textOf(cell('Release')).toLowerCase() === 'yes',
    };
  });
}

/**
 * Every row counts, those with faults too: what a person wrote is refused when it would be sent, and the built-in words never
 * stand in for it unseen. Each fault is a problem of its cell.
 */
export function readTemplates(layout: Layout, cells: readonly (readonly Cell[])[]): Read<Template> {
  return readRows(layout, cells, (cell, _row, problem) => {
    const key = textOf(cell('Template'));
    if (key === '') return undefined;
    const template = {
      key,
      language: textOf(cell('Language')).toLowerCase() || 'en',
      subject: textOf(cell('Subject')),
      body: String(cell('Body')),
      ...(isBlank(cell('SMS')) ? {} : { sms: String(cell('SMS')) }),
    };
    for (const { column, what, fix } of isBuiltIn(template) ? [] : checkTemplate(template))
      if (layout.at.has(column)) problem(column, what, fix);
    return template;
  });
}
