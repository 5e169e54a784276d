/** What the page says after a resident has asked to pay, or for autopay, in English. */
export const PAY_OUTCOMES = {
  payOpen: 'Your page at {by} is ready. Nothing is paid before you have paid there.',
  payNothing: 'Nothing is owed now: there is nothing to pay.',
  payProcessing: 'A payment is on its way already, and it covers what is owed.',
  payUnderWay:
    'A payment has just been made. It shows here within some minutes; please look again before you pay more.',
  payNotice: 'Because of the notice, payments are not taken on this page. Please speak with your property manager.',
  payNoPlatform: 'This page cannot take payments. Please pay as this page says below, or ask your property manager.',
  payDown: 'The page to pay on could not be made, and nothing was paid. Please try again in some minutes.',
  payFailed: '{by} has refused to make the page, and nothing was paid. Please ask your property manager.',
  payTooLate:
    'This wish is over: a newer one took its place, or something was paid meanwhile. Please open this page again.',
  payAmountUnread: 'This amount cannot be read. Please write it like 250.00.',
  payTooLittle: 'The least that can be paid here is {least}.',
  payTooMuch: 'That is more than is owed now less what is on its way: {whole}.',
  payWholeOnly: 'Only the whole balance can be paid here: {whole}.',
  payChargeGone: 'This charge is not open any more. Please look at the page again.',
  payOtherOpen: 'A page to pay {amount} is open already. Please pay there, or try again in half an hour.',
  autopayOpen: 'Your page at {by} is ready. Automatic payment begins when you have agreed there.',
  autopaySaveCard:
    'Your page at {by} is ready. Pay there, and choose to save your card: automatic payment begins with it within a day.',
  autopayAlready: 'Automatic payment is on already. End it first to set it up anew.',
  autopayNotOffered: 'Automatic payment cannot be set up there. Please ask your property manager.',
  autopayIsOff: 'Automatic payment is off. From now on you pay by yourself.',
  autopayOffUnderWay: 'Automatic payment is off. A payment that was already under way still goes through.',
  autopayOffLater: 'The platform could not be reached. We go on trying to end it; you can also end it there at once.',
} as const;

export type PayOutcomes = Readonly<Record<keyof typeof PAY_OUTCOMES, string>>;
