/** English of the pages without an account: no such link, an outcome, too busy. */
export const plain = {
  name: 'Rent account',
  neutralTitle: 'This link cannot be used',
  neutral: 'It may be mistyped, too old, or replaced by a newer one. If you rent from us, ask for a new link.',
  address: 'Your e-mail address',
  addressHint: 'The link is sent only if this address stands on a lease.',
  ask: 'Mail me a new link',
  done: 'Done',
  notDone: 'Not done',
  halfDone: 'One step left',
  goOn: (platform: string) => `Go on to ${platform}`,
  goOnHint: 'You leave this page. Card and bank data are asked for there and never reach us.',
  back: 'Back to your account',
  busyTitle: 'Please try again in a minute',
  busy: 'Too many people are looking at once. Nothing was changed.',
  downTitle: 'Your account cannot be shown just now',
  down: 'Please try again later. Nothing was changed.',
  again: 'Try again',
  someDone: 'It is done.',
  someNotDone: 'It was not done. Please go back and try again, or ask your property manager.',
};

export type PlainWords = typeof plain;
