/** What the calls on transfers take. */
import { flag, object, oneOf, type Rule, text, whole } from '../kit/strict';

const money = text({ like: /^\d{1,10}\.\d{2}$/ });
const metadata: Rule = (value, at) => {
  const pairs = typeof value === 'object' && value !== null ? Object.entries(value) : undefined;
  const isGood = (text: unknown, max: number) =>
    typeof text === 'string' && text.length <= max && /^[\x20-\x7e]*$/.test(text);
  return pairs && pairs.length <= 50 && pairs.every(([name, each]) => isGood(name, 40) && isGood(each, 500))
    ? undefined
    : { at, what: 'invalid', wanted: 'at most 50 pairs of ASCII text' };
};

export const authorizeRule = object({
  access_token: text(),
  account_id: text(),
  type: oneOf('debit', 'credit'),
  network: oneOf('ach', 'same-day-ach', 'rtp', 'wire'),
  amount: money,
  'ach_class?': oneOf('ccd', 'ppd', 'tel', 'web'),
  user: object({ legal_name: text({ min: 1 }), 'phone_number?': text(), 'email_address?': text() }),
  'idempotency_key?': text({ max: 50 }),
  'user_present?': flag,
  'iso_currency_code?': oneOf('USD'),
  'device?': object({ 'ip_address?': text(), 'user_agent?': text() }),
});
export const createRule = object({
  authorization_id: text(),
  access_token: text(),
  account_id: text(),
  description: text({ min: 1, max: 15 }),
  'amount?': money,
  'metadata?': metadata,
});
export const getRule = object({ 'transfer_id?': text(), 'authorization_id?': text() });
const moment = text({ like: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/ });
export const listRule = object({
  'start_date?': moment,
  'end_date?': moment,
  'count?': whole,
  'offset?': whole,
});
export const cancelRule = object({ transfer_id: text() });
export const refundRule = object({ transfer_id: text(), amount: money, idempotency_key: text({ max: 50 }) });
export const refundGetRule = object({ refund_id: text() });
export const eventsRule = object({ after_id: whole, 'count?': whole });
export const simulateRule = object({
  transfer_id: text(),
  event_type: text(),
  'failure_reason?': object({ 'failure_code?': text(), 'ach_return_code?': text(), 'description?': text() }),
});
