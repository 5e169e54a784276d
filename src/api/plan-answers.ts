/** What an answer to a plan writes, whether it came by the page or by a signature. */
import type { Account } from '../domain/account';
import { digestOf } from '../domain/audit';
import type { Plan } from '../domain/book';
import type { Answered } from '../domain/plan-answer';
import { decisionOf } from '../domain/wishes';
import { type App, runNow } from '../run/app';
import type { Changes } from '../sheet/commit';
import type { Loaded } from '../sheet/load';
import { effectsComing } from '../sheet/outbox-hint';
import { termsText } from '../sheet/plan-text';

/** Stands in the Ledger and in the Log for the terms that were agreed. */
export const termsDigest = ({ property }: Account, { terms, parts }: Plan): string =>
  digestOf(`${termsText(terms, property.currency)}\n${JSON.stringify(parts)}`);

/** The account's rows with the messages and tasks of the answer; the hint is set before, so that no run misses them. */
export function answered(
  app: App,
  { book }: Loaded,
  account: Account,
  { intents, tasks }: Answered,
): Pick<Changes, 'decision'> {
  effectsComing(app);
  const decision = decisionOf(book, runNow(app), [account], [], []);
  return {
    decision: { ...decision, intents: [...decision.intents, ...intents], tasks: [...decision.tasks, ...tasks] },
  };
}
