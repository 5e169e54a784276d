/** English of paying and autopay. */
export const pay = {
  title: 'Pay now',
  whole: (amount: string) => `Pay ${amount}`,
  by: (platform: string) =>
    `You go on to a page of ${platform}. Card and bank data are asked for there and never reach us.`,
  goOn: (amount: string, platform: string) => `Go on to pay ${amount} with ${platform}`,
  openPage: 'You have begun a payment that is not finished.',
  otherwise: 'Pay one charge or a part',
  charge: 'Which charge',
  payCharge: 'Pay this charge',
  part: 'Amount',
  partHint: (least: string, most: string) => `Between ${least} and ${most}.`,
  payPart: 'Pay this amount',
  onlyWhole: {
    lease: 'By your lease only the whole balance can be paid here.',
    notice: 'While the notice runs, only the whole balance can be paid here.',
  },
  not: {
    'nothing owed': 'There is nothing to pay.',
    processing: 'Your payment is on its way, so there is nothing more to pay now.',
    notice: 'Because of the notice, payments are not taken on this page. Please speak with your property manager.',
    'no platform': 'This page cannot take payments.',
    down: 'Payments cannot be taken at this moment. Please try again later.',
  },
  howTitle: 'How to pay',
  howElse: 'Other ways to pay',
  howNone: 'Please pay in the way that your lease says, or ask your property manager.',
  autopayTitle: 'Automatic payment',
  autopayOn: (platform: string) => `Rent is paid automatically with ${platform}.`,
  autopayNext: (day: string) => `The next payment is on ${day}.`,
  autopayOff: 'Rent can be paid automatically when it falls due.',
  autopayStart: (platform: string) => `Set up with ${platform}`,
  autopayStartHint: (platform: string) =>
    `You agree to it on a page of ${platform}, and can end it here or there at any time.`,
  autopayPayHint: (platform: string, amount: string) =>
    `You pay ${amount} on a page of ${platform} and choose there to save your card. ` +
    'From the next rent on it is charged on the due date. You can end it here at any time.',
  autopayStop: 'End automatic payment',
  autopayStopHint: 'Payments that are already under way still go through. From then on you pay by yourself.',
  autopayNotHere: 'It can be ended with your property manager.',
  autopayWaiting: (platform: string) => `Automatic payment with ${platform} is not finished yet.`,
  autopayGoOn: (platform: string) => `Go on at ${platform}`,
};

export type PayWords = typeof pay;
