/** The mail by which a manager is told at once what became of a payment plan. */
import type { Account } from './account';
import type { Intent } from './book';
import { moneyWords } from './dates';
import { isDemoHouse } from './demo';
import { managerMail } from './manager-mail';
import type { MessageFields } from './message-fields';
import { planFigures, planTotal } from './plans';
import { PLAN_NEWS_KEY } from './templates';
import type { Cents, Key } from './values';
import { URGENCY } from './wishes';

/** `unsigned`: its document was voided or ran out of time. `signed late`: it had closed before, and another may be there since. */
export type PlanNews =
  | { readonly what: 'agreed' | 'refused' | 'unsigned' }
  | { readonly what: 'signed late'; readonly totalCents: Cents }
  | { readonly what: 'missed' | 'broken'; readonly unpaidCents: Cents };

/**
 * One mail for each piece of news, named by its step; none where nobody is to be told, or about the demo. It names no lease, as the
 * digest does not: it must neither stand in the residents' thread nor wait for a way to them.
 */
export function planNewsMail(account: Account, step: Key, news: PlanNews): readonly Intent[] {
  const { book, property, run } = account;
  const { settings } = book;
  const to = property.managerEmail || settings.digestTo;
  if (to === '' || isDemoHouse(property.name)) return [];
  const fields = planNewsFields(account, news, settings.digestLanguage);
  const by = property.mailBy ?? settings.mailBy;
  return [
    managerMail(book, run, {
      kind: PLAN_NEWS_KEY,
      name: step,
      to,
      by,
      fields,
      zone: property.zone,
      property: property.name,
      urgency: URGENCY.alert,
    }),
  ];
}

/** What the mail says. */
export function planNewsFields(
  { book, property, lease, state }: Account,
  news: PlanNews,
  language: string,
): MessageFields {
  const { plan, charges } = state;
  const money = (amount: Cents) => moneyWords(amount, property.currency, language);
  const place = `${property.name} ${lease.unit}`.trim();
  const total = 'totalCents' in news ? news.totalCents : plan && planTotal(plan);
  const yes = (what: PlanNews['what']) => (news.what === what ? 'yes' : '');
  return {
    manager_name: book.settings.senderName || property.name,
    manager_email: property.managerEmail,
    plan_lease: lease.residents ? `${place}, ${lease.residents}` : place,
    plan_sum: total === undefined ? '' : money(total),
    plan_agreed: yes('agreed'),
    plan_refused: yes('refused'),
    plan_unsigned: yes('unsigned'),
    plan_signed_late: yes('signed late'),
    plan_unpaid: 'unpaidCents' in news ? money(news.unpaidCents) : '',
    plan_broken: plan && news.what === 'broken' ? money(planFigures(plan, charges).openCents) : '',
  };
}
