/** The resident accepts or declines a payment plan on the page. */
import { answerPlan } from '../../domain/plan-answer';
import { voidOf } from '../../domain/plan-void';
import type { App } from '../../run/app';
import { accountOf } from '../account';
import { actOnce, BUSY } from '../desk/once';
import type { Applied } from '../desk/override';
import { answered, termsDigest } from '../plan-answers';
import type { Fields, Outcome, ResidentAct } from './act';
import { clickIdOf } from './click';
import type { OneLease } from './lease';

const refused = (says: string): Outcome => ({ done: false, says });

/**
 * The answer to the plan whose terms the page has shown: its key stands for them, since terms never change. Another plan, or one that
 * was withdrawn meanwhile, is not answered by it.
 */
function answer(accepts: boolean) {
  return (app: App, one: OneLease, request: string, fields: Fields): Outcome => {
    const name = (fields.plan ?? '').slice(0, 300);
    if (request === '' || name === '') return refused('planGone');
    const acted = actOnce<Applied>(app, clickIdOf(one, request), (inside, loaded) => {
      const account = accountOf(loaded, inside, one.link.lease);
      const plan = account?.state.plan;
      if (!account || !plan || plan.key !== name) return { refused: 'planGone' };
      if (accepts && plan.terms.agreed === 'by signature') return { refused: 'planSigned' };
      const by = inside.run.by;
      const how = `${accepts ? 'Accepted' : 'Declined'} on the page by ${by}; terms ${termsDigest(account, plan)}`;
      const done = answerPlan(account, name, accepts, how);
      if ('refused' in done) return { refused: 'planGone' };
      // Who declines here is not to sign elsewhere.
      const intents = [...done.intents, ...(accepts ? [] : voidOf(account, plan, 'declined'))];
      return {
        changes: { ...answered(inside, loaded, account, { ...done, intents }), views: true },
        applied: {
          done: true,
          says: `${by} ${accepts ? 'accepted' : 'declined'} the payment plan.`,
          keys: [done.step],
        },
      };
    });
    if (!('refused' in acted)) return { done: true, says: accepts ? 'planAccepted' : 'planDeclined' };
    if (acted === BUSY) return refused('planBusy');
    return refused(acted.refused === 'planSigned' ? 'planSigned' : 'planGone');
  };
}

export const ACTS: Readonly<Record<string, ResidentAct>> = { planAccept: answer(true), planDecline: answer(false) };
