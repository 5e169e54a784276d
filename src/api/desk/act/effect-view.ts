/** One effect as it would leave now: its words, why it was wanted, and what would stop it. */
import { dayText } from '../../../domain/acts/words';
import type { OutboxRow } from '../../../domain/book';
import { isMessage } from '../../../domain/legs';
import { stateOf } from '../../../domain/run-book';
import { segmentsOf } from '../../../domain/sms';
import { noLongerWanted } from '../../../domain/wanted';
import { goodForOf } from '../../../outbox/effect';
import { renderedOf } from '../../../outbox/rendered';
import { type App, runNow } from '../../../run/app';
import { type Loaded, loadBook } from '../../../sheet/load';
import type { Effect } from '../acts';
import type { Calls } from '../contract';
import { effectLine } from '../lines';
import type { Refusal } from '../told';
import { waitingIn } from './apply';
import { isApproval, isOffer, personAtKeys } from './approval';
import { effectFor, noEffect } from './effects';
import { previewOf } from './preview';

export function previewEffect(app: App, { effect }: Calls['previewEffect']['args']): Effect | Refusal {
  const loaded = loadBook(app.host);
  const row = effectFor(app, loaded, effect);
  if (!row) return { refused: noEffect(effect) };
  const { subject, text, sms, reason } = wordsOf(app, loaded, row);
  const stopped = reason ?? stoppedBy(app, loaded, row);
  return {
    line: effectLine(app, loaded.book, row),
    subject,
    text,
    ...(sms ? { sms } : {}),
    because: becauseOf(loaded, row),
    ...(isApproval(row) && waitingIn(row)?.by === personAtKeys(app) ? { mine: true } : {}),
    ...(stopped ? { stopped } : {}),
  };
}

interface Words {
  readonly subject: string;
  readonly text: string;
  readonly sms?: Effect['sms'];
  /** Why it cannot be made. */
  readonly reason?: string;
}

function wordsOf(app: App, loaded: Loaded, row: OutboxRow): Words {
  if (isApproval(row)) return approvalWords(app, loaded, row);
  if (!isMessage(row)) return { subject: row.subject, text: String(row.payload.text ?? row.subject) };
  const context = { book: loaded.book, run: runNow(app), outbox: loaded.outbox, goodFor: goodForOf(app) };
  const rendered = renderedOf(context, row);
  if ('reason' in rendered) return { subject: row.subject || row.kind, text: '', reason: rendered.reason };
  const { message } = rendered;
  if (message.kind === 'mail') return { subject: message.subject, text: message.text };
  const { segments, encoding } = segmentsOf(message.text);
  return { subject: '', text: message.text, sms: { segments, encoding } };
}

/** The act that waits for a second person, as it would come out now. */
function approvalWords(app: App, loaded: Loaded, row: OutboxRow): Words {
  const waiting = waitingIn(row);
  const act = waiting && previewOf(app, loaded, waiting.act);
  if (!waiting || !act) return { subject: row.subject, text: '' };
  if ('refused' in act) return { subject: row.subject, text: '', reason: act.refused };
  const lines = act.changes.map(({ what, before, after }) => `${what}: ${before} → ${after}`);
  const { reason } = waiting.act;
  const asked = isOffer(row) ? `${reason}.` : `Asked by ${waiting.by}: ${reason}`;
  return { subject: act.title, text: [asked, '', ...lines, ...act.also, ...act.warnings].join('\n') };
}

function stoppedBy(app: App, { book }: Loaded, row: OutboxRow): string | undefined {
  if (row.state === 'sent') return 'It has left already.';
  if (row.state === 'cancelled') return `It was cancelled: ${row.fault || 'a person dropped it'}`;
  const why = noLongerWanted(book, runNow(app), row);
  if (why) return why;
  return row.state === 'waiting for release' ? 'It waits until a person lets it go.' : row.fault || undefined;
}

function becauseOf({ book }: Loaded, row: OutboxRow): string {
  const { because, lease } = row;
  if (isApproval(row))
    return isOffer(row)
      ? 'Somebody has changed it there: here it changes only if a person says so.'
      : 'It is above the approval limit on the Settings tab.';
  if (because.rule === 'always') return 'It is sent whatever is owed at that moment.';
  if (because.rule === 'upcoming') return `${because.charge} falls due on ${dayText(because.due)}.`;
  const charges = lease ? stateOf(book, lease).charges : [];
  const named = because.charges.map((each) => {
    const charge = charges.find((one) => one.key === each);
    return charge ? `${charge.type}, due ${dayText(charge.due)}` : each;
  });
  return `These were unpaid: ${named.join('; ')}.`;
}
