/** German of the pages without an account: no such link, an outcome, too busy. */
import type { PlainWords } from '../en/plain';

export const plain: PlainWords = {
  name: 'Mietkonto',
  neutralTitle: 'Dieser Link kann nicht verwendet werden',
  neutral:
    'Vielleicht ist er falsch abgeschrieben, zu alt oder durch einen neueren ersetzt. Wenn Sie bei uns mieten, fordern Sie ' +
    'bitte einen neuen Link an.',
  address: 'Ihre E-Mail-Adresse',
  addressHint: 'Der Link wird nur gesendet, wenn diese Adresse in einem Mietvertrag steht.',
  ask: 'Neuen Link zusenden',
  done: 'Erledigt',
  notDone: 'Nicht erledigt',
  halfDone: 'Noch ein Schritt',
  goOn: (platform) => `Weiter zu ${platform}`,
  goOnHint: 'Sie verlassen diese Seite. Karten- und Bankdaten werden dort abgefragt und erreichen uns nie.',
  back: 'Zurück zu Ihrem Konto',
  busyTitle: 'Bitte versuchen Sie es in einer Minute noch einmal',
  busy: 'Es sehen gerade zu viele gleichzeitig nach. Es wurde nichts geändert.',
  downTitle: 'Ihr Konto kann gerade nicht angezeigt werden',
  down: 'Bitte versuchen Sie es später noch einmal. Es wurde nichts geändert.',
  again: 'Noch einmal versuchen',
  someDone: 'Es ist erledigt.',
  someNotDone:
    'Es wurde nicht erledigt. Bitte gehen Sie zurück und versuchen Sie es noch einmal, oder fragen Sie Ihre Hausverwaltung.',
};
