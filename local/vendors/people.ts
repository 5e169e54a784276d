/** What people do at the vendors, on pages that no API serves: for stories and for tests with the vendors' own clients. */

export {
  agreeToPaypalPrice,
  approvePaypalOrder,
  approvePaypalSubscription,
  openPaypalDispute,
  passPaypalCycle,
  payPaypalOutside,
  refundPaypalPayment,
  resolvePaypalDispute,
  reversePaypalPayment,
  settlePaypalPayment,
} from './paypal/people';
export { failPayout, payOut } from './stripe/payouts';
export {
  disputePayment,
  forgetMethod,
  ignoreDispute,
  methodTurns,
  moveDispute,
  payByLink,
  payCheckout,
  refundPayment,
} from './stripe/people';
export * from './xero/people';
