/** What the page says after a resident has asked for something, in German. */
import type { RequestOutcomes } from '../en/request-outcomes';

export const REQUEST_OUTCOMES: RequestOutcomes = {
  busy: 'An diesem Konto wird gerade gearbeitet. Bitte versuchen Sie es in einer Minute noch einmal.',
  notNow: 'Das geht im Moment nicht. Bitte schreiben Sie uns.',
  formIncomplete:
    'Das Formular ist nicht vollständig angekommen. Bitte öffnen Sie die Seite neu und senden Sie es noch einmal.',
  textLength: 'Bitte schreiben Sie uns das in {least} bis {most} Zeichen.',
  fileLink:
    'Eine Datei muss ein Link sein, der mit https:// beginnt und höchstens {most} Zeichen hat, ohne Namen ' +
    'oder Kennwort darin.',
  disputeMade:
    'Danke. Wir prüfen diesen Posten und antworten Ihnen. Bis dahin verlangen wir ihn nicht, und er löst ' +
    'keine Mahngebühr aus.',
  disputeNoLine: 'Zu diesem Posten kann hier nichts mehr gemeldet werden. Bitte schreiben Sie uns.',
  disputeAlready: 'Sie haben uns zu diesem Posten schon geschrieben. Wir antworten Ihnen.',
  disputeTwice:
    'Sie haben uns zu diesem Posten schon zweimal geschrieben. Sind Sie anderer Meinung, schreiben Sie uns bitte.',
  disputeTooMany: 'Höchstens {most} Posten können zugleich auf unsere Antwort warten.',
  disputeWithdrawn: 'Danke. Der Posten zählt wieder, als hätten Sie uns nichts dazu geschrieben.',
  disputeOver: 'Das ist schon erledigt: Unsere Antwort steht auf dieser Seite.',
  promiseMade:
    'Danke. Wir erwarten Ihre Zahlung bis {until} und schicken bis dahin keine Erinnerungen. Gebühren laufen ' +
    'weiter, wie es Ihr Mietvertrag vorsieht.',
  promiseOff: 'Zahlungszusagen nehmen wir auf dieser Seite nicht an. Bitte schreiben Sie uns.',
  promiseNothing: 'Im Moment ist nichts offen: Es gibt nichts zuzusagen.',
  promiseAlready: 'Sie haben schon einen Tag zugesagt.',
  promiseBroken:
    'Der Tag, den Sie zugesagt hatten, ist vorbei, oder wir konnten ihn nicht annehmen. Bitte zahlen Sie, ' +
    'fragen Sie nach Raten oder schreiben Sie uns.',
  promiseDay: 'Bitte wählen Sie einen Tag von {from} bis {until}.',
  planAsked: 'Danke. Wir prüfen das und schlagen Ihnen Raten vor, oder wir schreiben Ihnen.',
  planAmount: 'Bitte schreiben Sie als Betrag, was Sie im Monat zahlen können, etwa 200.00, oder lassen Sie es leer.',
  planNothing: 'Im Moment ist nichts offen: Raten sind nicht nötig.',
  planRuns: 'Es läuft schon ein Ratenplan.',
  planAlready: 'Sie haben schon nach Raten gefragt. Wir antworten Ihnen.',
  preferencesSaved: 'Gespeichert. Es gilt ab sofort.',
  preferencesStart:
    'Gespeichert. SMS an Ihre Nummer wurden mit STOP abbestellt: Senden Sie START an die Nummer, von der ' +
    'unsere SMS kamen, dann können sie wieder ankommen.',
  preferencesWay: 'Bitte wählen Sie, wie wir Ihnen schreiben dürfen.',
  preferencesLanguage: 'Bitte wählen Sie eine der Sprachen.',
  preferencesPhone:
    'Diese Telefonnummer können wir nicht verwenden. Bitte schreiben Sie sie mit Landesvorwahl, etwa +49 30 123456.',
  preferencesNumber: 'Für SMS brauchen wir Ihre Telefonnummer.',
  preferencesHouse: 'Nachrichten an Sie haben wir abgeschaltet. Bitte schreiben Sie uns.',
  preferencesColumn: 'Das lässt sich auf der Seite noch nicht speichern. Bitte schreiben Sie uns.',
  preferencesSheet: 'Das lässt sich auf der Seite nicht speichern. Bitte schreiben Sie uns.',
  preferencesUnreachable:
    'So würde Sie nichts erreichen: Für Mail brauchen wir eine Adresse, die funktioniert, für SMS Ihre Nummer ' +
    'und Ihre Zustimmung.',
};
