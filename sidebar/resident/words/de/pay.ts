/** German of paying and autopay. */
import type { PayWords } from '../en/pay';

export const pay: PayWords = {
  title: 'Jetzt zahlen',
  whole: (amount) => `${amount} zahlen`,
  by: (platform) =>
    `Sie kommen auf eine Seite von ${platform}. Karten- und Bankdaten werden dort abgefragt und erreichen uns nie.`,
  goOn: (amount, platform) => `Weiter, um ${amount} mit ${platform} zu zahlen`,
  openPage: 'Sie haben eine Zahlung begonnen, die nicht abgeschlossen ist.',
  otherwise: 'Eine Forderung oder einen Teil zahlen',
  charge: 'Welche Forderung',
  payCharge: 'Diese Forderung zahlen',
  part: 'Betrag',
  partHint: (least, most) => `Zwischen ${least} und ${most}.`,
  payPart: 'Diesen Betrag zahlen',
  onlyWhole: {
    lease: 'Nach Ihrem Vertrag kann hier nur der ganze Betrag gezahlt werden.',
    notice: 'Solange die Mahnung läuft, kann hier nur der ganze Betrag gezahlt werden.',
  },
  not: {
    'nothing owed': 'Es gibt nichts zu zahlen.',
    processing: 'Ihre Zahlung ist unterwegs; im Moment ist nichts weiter zu zahlen.',
    notice:
      'Wegen der Mahnung werden auf dieser Seite keine Zahlungen angenommen. Bitte sprechen Sie mit Ihrer Hausverwaltung.',
    'no platform': 'Auf dieser Seite kann nicht gezahlt werden.',
    down: 'Im Moment kann nicht gezahlt werden. Bitte versuchen Sie es später noch einmal.',
  },
  howTitle: 'So können Sie zahlen',
  howElse: 'Andere Zahlungswege',
  howNone: 'Bitte zahlen Sie so, wie es Ihr Vertrag vorsieht, oder fragen Sie Ihre Hausverwaltung.',
  autopayTitle: 'Automatische Zahlung',
  autopayOn: (platform) => `Die Miete wird automatisch über ${platform} gezahlt.`,
  autopayNext: (day) => `Die nächste Zahlung erfolgt am ${day}.`,
  autopayOff: 'Die Miete kann bei Fälligkeit automatisch gezahlt werden.',
  autopayStart: (platform) => `Mit ${platform} einrichten`,
  autopayStartHint: (platform) =>
    `Sie stimmen auf einer Seite von ${platform} zu und können hier oder dort jederzeit damit aufhören.`,
  autopayPayHint: (platform: string, amount: string) =>
    `Sie zahlen ${amount} auf einer Seite von ${platform} und wählen dort, Ihre Karte zu speichern. ` +
    'Ab der nächsten Miete wird sie am Fälligkeitstag belastet. Sie können es hier jederzeit beenden.',
  autopayStop: 'Automatische Zahlung beenden',
  autopayStopHint: 'Zahlungen, die schon unterwegs sind, werden noch ausgeführt. Danach zahlen Sie selbst.',
  autopayNotHere: 'Beenden können Sie sie über Ihre Hausverwaltung.',
  autopayWaiting: (platform) => `Die automatische Zahlung über ${platform} ist noch nicht eingerichtet.`,
  autopayGoOn: (platform) => `Weiter bei ${platform}`,
};
