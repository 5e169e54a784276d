/** What people do at the vendors, on pages that no API serves: for stories and for tests with the vendors' own clients. */
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
