/** German of a payment plan. */
import type { PlanWords } from '../en/plan';

/** What a missed instalment too many brings. */
const THEN = 'endet der Plan, und alles noch Offene wird wieder gefordert, als gäbe es keinen Plan.';

export const plan: PlanWords = {
  title: 'Ratenplan',
  state: {
    proposed: 'Wartet auf Ihre Antwort',
    running: 'Vereinbart',
    broken: 'Beendet: eine Rate ist ausgeblieben',
    finished: 'Vollständig bezahlt',
  },
  proposed: (total) => `Ihre Hausverwaltung bietet Ihnen an, ${total} in Raten zu zahlen.`,
  running: (paid, total) => `${paid} von ${total} sind bezahlt.`,
  broken: (open) =>
    `Der Plan ist beendet. ${open} davon sind noch offen und so fällig wie vor dem Plan. Bitte zahlen Sie sie oder sprechen Sie ` +
    'mit Ihrer Hausverwaltung.',
  finished: (total) => `${total} sind vollständig bezahlt. Vielen Dank.`,
  instalments: 'Raten',
  instalment: {
    paid: 'Bezahlt',
    processing: 'In Bearbeitung',
    partial: 'Teilweise bezahlt',
    due: 'Jetzt fällig',
    next: 'Nächste',
    later: 'Später',
    missed: 'Ausgeblieben',
    over: 'Mit dem Plan beendet',
  },
  underWay: (amount) => `${amount} in Bearbeitung`,
  left: (amount) => `noch ${amount} zu zahlen`,
  feesPaused:
    'Für die Tage, an denen der Plan läuft, kommt keine Verzugsgebühr hinzu. Endet er vorzeitig, zählen Verzugsgebühren von da an ' +
    'wieder.',
  feesRun: 'Verzugsgebühren laufen nach Ihrem Vertrag weiter.',
  missed: (days) =>
    days === 0
      ? 'Eine Rate, die nicht an ihrem Tag gezahlt wird, gilt als ausgeblieben.'
      : `Eine Rate, die nicht spätestens ${days === 1 ? 'einen Tag' : `${days} Tage`} nach ihrem Tag gezahlt wird, gilt als ` +
        'ausgeblieben.',
  ends: (allowed) =>
    allowed === 0
      ? `Bleibt eine Rate aus, ${THEN}`
      : `${allowed === 1 ? 'Eine Rate darf' : `${allowed} Raten dürfen`} ausbleiben. Bei einer weiteren ${THEN}`,
  rent: 'Miete, die inzwischen fällig wird, ist neben dem Plan zu zahlen.',
  accept: 'Diesem Plan zustimmen',
  decline: 'Ablehnen',
  signature: 'Die Zustimmung erfolgt durch Unterschrift: bitte sehen Sie in die E-Mail mit dem Dokument.',
  confirm: 'Mit Ihrer Zustimmung verpflichten Sie sich, jede Rate spätestens an ihrem Tag zu zahlen.',
};
