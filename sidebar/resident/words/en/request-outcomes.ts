/** What the page says after a resident has asked for something, in English. */
export const REQUEST_OUTCOMES = {
  busy: 'We are working on this account just now. Please try again in a minute.',
  notNow: 'This cannot be done at the moment. Please write to us.',
  formIncomplete: 'The form did not arrive in full. Please open the page again and send it once more.',
  textLength: 'Please tell us in {least} to {most} letters.',
  fileLink:
    'A file must be a link that begins with https:// and has at most {most} letters, without a name or password in it.',
  disputeMade:
    'Thank you. We will look at this line and answer you. Until then we do not ask you for it, and it brings ' +
    'no late fee.',
  disputeNoLine: 'This line is not open for questions any more. Please write to us.',
  disputeAlready: 'You have told us about this line already. We will answer you.',
  disputeTwice: 'You have told us about this line twice. Please write to us if you still disagree.',
  disputeTooMany: 'At most {most} lines can wait for our answer at the same time.',
  disputeWithdrawn: 'Thank you. The line counts again, as if you had not told us about it.',
  disputeOver: 'This is settled already: our answer stands on this page.',
  promiseMade:
    'Thank you. We expect your payment by {until} and send no reminders until then. Late fees go on as your ' +
    'lease says.',
  promiseOff: 'We do not take promises to pay on this page. Please write to us.',
  promiseNothing: 'Nothing is owed now: there is nothing to promise.',
  promiseAlready: 'You have promised a day already.',
  promiseBroken:
    'The day that you promised before has passed, or we could not accept it. Please pay, ask for a plan, or ' +
    'write to us.',
  promiseDay: 'Please choose a day from {from} to {until}.',
  planAsked: 'Thank you. We will look at it and propose instalments, or write to you.',
  planAmount: 'Please write what you can pay each month as an amount such as 200.00, or leave it empty.',
  planNothing: 'Nothing is owed now: no plan is needed.',
  planRuns: 'A payment plan runs already.',
  planAlready: 'You have asked for a plan already. We will answer you.',
  preferencesSaved: 'Saved. It holds from now on.',
  preferencesStart:
    'Saved. Texts to your number were stopped by a STOP from it: send START to the number that our texts came ' +
    'from, and they can arrive again.',
  preferencesWay: 'Please choose how we may write to you.',
  preferencesLanguage: 'Please choose one of the languages.',
  preferencesPhone:
    'This is not a phone number that we can use. Please write it with its country code, such as +1 512 555 0123.',
  preferencesNumber: 'To get texts we need your phone number.',
  preferencesHouse: 'We have switched messages to you off. Please write to us.',
  preferencesColumn: 'This cannot be saved on the page yet. Please write to us.',
  preferencesSheet: 'This cannot be saved on the page. Please write to us.',
  preferencesUnreachable:
    'In this way nothing would reach you: for mail we need an address that works, for texts your number and ' +
    'your consent.',
} as const;

export type RequestOutcomes = Readonly<Record<keyof typeof REQUEST_OUTCOMES, string>>;
