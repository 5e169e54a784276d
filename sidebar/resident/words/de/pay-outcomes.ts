/** What the page says after a resident has asked to pay, or for autopay, in German. */
import type { PayOutcomes } from '../en/pay-outcomes';

export const PAY_OUTCOMES: PayOutcomes = {
  payOpen: 'Ihre Seite bei {by} ist bereit. Bezahlt ist erst, wenn Sie dort bezahlt haben.',
  payNothing: 'Zurzeit ist nichts offen: Es gibt nichts zu bezahlen.',
  payProcessing: 'Eine Zahlung ist schon unterwegs und deckt, was offen ist.',
  payUnderWay:
    'Gerade wurde bezahlt. In einigen Minuten ist es hier zu sehen; bitte schauen Sie vorher noch einmal nach.',
  payNotice: 'Wegen des Mahnverfahrens kann hier nicht bezahlt werden. Bitte sprechen Sie mit Ihrer Verwaltung.',
  payNoPlatform: 'Hier kann nicht bezahlt werden. Bitte zahlen Sie wie unten angegeben oder fragen Sie die Verwaltung.',
  payDown: 'Die Bezahlseite kam nicht zustande, und nichts wurde bezahlt. Bitte versuchen Sie es in einigen Minuten.',
  payFailed: '{by} hat die Seite abgelehnt, und nichts wurde bezahlt. Bitte fragen Sie Ihre Verwaltung.',
  payTooLate: 'Dieser Wunsch gilt nicht mehr: Es gibt einen neueren, oder es wurde etwas bezahlt. Bitte neu öffnen.',
  payAmountUnread: 'Dieser Betrag ist nicht zu lesen. Bitte schreiben Sie ihn so: 250.00.',
  payTooLittle: 'Hier können mindestens {least} bezahlt werden.',
  payTooMuch: 'Das ist mehr, als abzüglich laufender Zahlungen offen ist: {whole}.',
  payWholeOnly: 'Hier kann nur der ganze Betrag bezahlt werden: {whole}.',
  payChargeGone: 'Dieser Posten ist nicht mehr offen. Bitte sehen Sie auf der Seite nach.',
  payOtherOpen:
    'Eine Seite über {amount} ist schon offen. Bitte zahlen Sie dort oder versuchen Sie es in einer halben Stunde.',
  autopayOpen: 'Ihre Seite bei {by} ist bereit. Die automatische Zahlung beginnt, wenn Sie dort zugestimmt haben.',
  autopaySaveCard:
    'Ihre Seite bei {by} ist bereit. Zahlen Sie dort und wählen Sie, Ihre Karte zu speichern: ' +
    'Die automatische Zahlung beginnt damit binnen eines Tages.',
  autopayAlready: 'Die automatische Zahlung läuft schon. Beenden Sie sie zuerst, um sie neu einzurichten.',
  autopayNotOffered: 'Dort kann keine automatische Zahlung eingerichtet werden. Bitte fragen Sie Ihre Verwaltung.',
  autopayIsOff: 'Die automatische Zahlung ist beendet. Ab jetzt zahlen Sie selbst.',
  autopayOffUnderWay: 'Die automatische Zahlung ist beendet. Eine Zahlung, die schon unterwegs war, läuft noch durch.',
  autopayOffLater: 'Die Plattform war nicht erreichbar. Wir versuchen es weiter; Sie können auch dort beenden.',
};
