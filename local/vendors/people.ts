/** What people do at the vendors, on pages that no API serves: for stories and for tests with the vendors' own clients. */

export * as appfolioPeople from './appfolio/people';
export * as azureLogicAppsPeople from './azure-logic-apps/people';
export * as docusignPeople from './docusign/people';
export * as dynamics365People from './dynamics-365/people';
export * as freshbooksPeople from './freshbooks/people';
export * as gatewayPeople from './gateway/people';
export * as googleSheetsPeople from './google-sheets/people';
export * as hubspotPeople from './hubspot/people';
export * as mailgunPeople from './mailgun/people';
export * as mondayPeople from './monday/people';
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
export * as pipedrivePeople from './pipedrive/people';
export {
  authorisePlaidPayment,
  correctPlaidEntry,
  endPlaidConsent,
  linkPlaidBank,
  movePlaidPayment,
  movePlaidRefund,
  movePlaidTransfer,
  receiveAtPlaidBank,
  refundPlaidPayment,
  refundPlaidTransfer,
  removePlaidEntry,
  settledPlaidTransfer,
} from './plaid/people';
export {
  bankPayments,
  correctPayment,
  deleteTypedPayment,
  editInvoice,
  takeDepositApart,
  typePayment,
  voidTypedPayment,
} from './quickbooks/people';
export * as rentmanagerPeople from './rentmanager/people';
export * as salesforcePeople from './salesforce/people';
export * from './sap-concur/people';
export * from './sendgrid/people';
export * from './slack/people';
export * from './square/people';
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
export * as twilioPeople from './twilio/people';
export * from './xero/people';
export { exportFromBreeze, importIntoBreeze } from './yardi-breeze/files';
export * as yardiBreezePeople from './yardi-breeze/people';
export {
  zohoAllowsRedirect,
  zohoBookkeeperBills,
  zohoBookkeeperDeletes,
  zohoBookkeeperRefunds,
  zohoBookkeeperTypes,
  zohoBookkeeperTypesAdvance,
  zohoOpensOrganization,
  zohoResidentPays,
  zohoWorkflowPosts,
} from './zoho-books/people';
