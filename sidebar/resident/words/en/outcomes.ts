/** English of outcomes that belong to no single part; fields stand in braces. */
export const outcomes = {
  linkAsked: 'If this address stands on a lease with us, a new link is on its way to it. Please look into your mail.',
  linkMailed: 'A new link is on its way to you. Please look into your mail.',
  busy: 'Somebody else is at work on your account. Nothing was changed: please try again in a minute.',
  tooMany: 'That was often in a short time. Please wait a little and try again.',
  notUnderstood: 'Something was missing or could not be read. Please go back and look at what you wrote.',
  unknownAct: 'This page does not know what you asked for. Please go back and try again.',
  failed: 'It did not work, and nothing was changed. Please try again later.',
};

export type OutcomeWords = Readonly<Record<keyof typeof outcomes, string>>;
