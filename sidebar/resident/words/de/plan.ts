/** German of a payment plan. */
import type { PlanWords } from '../en/plan';

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
  broken:
    'Der Plan ist beendet, deshalb ist jetzt alles Offene fällig. Bitte zahlen Sie es oder sprechen Sie mit Ihrer ' +
    'Hausverwaltung.',
  finished: (total) => `${total} sind vollständig bezahlt. Vielen Dank.`,
  instalments: 'Raten',
  instalment: {
    paid: 'Bezahlt',
    partial: 'Teilweise bezahlt',
    next: 'Nächste',
    later: 'Später',
    missed: 'Ausgeblieben',
  },
  feesPaused: 'Solange Sie den Plan einhalten, kommt keine Verzugsgebühr hinzu.',
  feesRun: 'Verzugsgebühren laufen nach Ihrem Vertrag weiter.',
  grace: (days) =>
    days === 0
      ? 'Wird eine Rate nicht an ihrem Tag gezahlt, endet der Plan.'
      : `Wird eine Rate nicht spätestens ${days === 1 ? 'einen Tag' : `${days} Tage`} nach ihrem Tag gezahlt, endet der Plan.`,
  rent: 'Miete, die inzwischen fällig wird, ist neben dem Plan zu zahlen.',
  accept: 'Diesem Plan zustimmen',
  decline: 'Ablehnen',
  signature: 'Die Zustimmung erfolgt durch Unterschrift: bitte sehen Sie in die E-Mail mit dem Dokument.',
  confirm: 'Mit Ihrer Zustimmung verpflichten Sie sich, jede Rate spätestens an ihrem Tag zu zahlen.',
};
