/** What people do at the vendors, on pages that no API serves: for stories and for tests with the vendors' own clients. */

export * from './square/people';
export { payCheckout } from './stripe/checkout';
