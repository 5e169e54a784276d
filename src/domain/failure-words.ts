/** What failed, in the words of the mail to the owner: what happened, what it means for rent, what to do, in four languages. */
import { baseLanguage } from './dates';

/** Kinds of failures that a person is told of: a cause is a platform and one of them. */
export type FailureKind = 'sign-in' | 'down' | 'behind' | 'failed' | 'unsure' | 'run';

export interface FailureWords {
  /** For the subject. */
  readonly short: string;
  readonly what: string;
  readonly means: string;
  readonly fix: string;
}

type Said = Readonly<Record<keyof FailureWords, string>>;

interface Words {
  readonly kinds: Readonly<Record<FailureKind, Said>>;
  /** Follows what it means where payments are read at the platform. */
  readonly money: string;
}

/** `%` stands for the platform's name. */
const EN: Words = {
  money: 'Payments made there may be missing here: look there before you write to somebody who seems late.',
  kinds: {
    'sign-in': {
      short: 'sign in again',
      what: '% has refused our key or sign-in.',
      means: 'Nothing is read there and nothing leaves by it until it is connected again.',
      fix: 'Open Connections in the sidebar and connect % again.',
    },
    down: {
      short: 'out of order',
      what: '% has failed several times in a row.',
      means: 'It is asked again ever less often, at most every six hours; nothing is lost.',
      fix: 'Wait some hours. If it lasts, look at % itself, and test it on Connections.',
    },
    behind: {
      short: 'reading is behind',
      what: 'Reading % is hours behind: it lets us read too little, or something there cannot be read.',
      means: 'What has come in there since then is not known here.',
      fix: 'Look at % on Connections. What cannot be read, record by hand.',
    },
    failed: {
      short: 'not sent',
      what: 'Something that was to leave by % was not sent.',
      means: 'A message has not reached its reader, or money was not asked for.',
      fix: 'Open Today in the sidebar: send it again there, or drop it.',
    },
    unsure: {
      short: 'sent or not?',
      what: 'Nobody knows whether something has left by %.',
      means: 'It is not sent again by itself, so that nobody gets it or pays twice.',
      fix: 'Look at % whether it arrived. Then mark it sent or send it again, under Today in the sidebar.',
    },
    run: {
      short: 'runs fail',
      what: 'The runs of % have failed for a while.',
      means: 'Nothing is charged, read or sent until it is mended. What stands in the Ledger is kept.',
      fix: 'Do what the words below say, then run the day from the menu.',
    },
  },
};

const ES: Words = {
  money: 'Aquí pueden faltar pagos hechos allí: compruébelo antes de escribir a alguien que parece atrasado.',
  kinds: {
    'sign-in': {
      short: 'conéctelo de nuevo',
      what: '% ha rechazado nuestra clave o inicio de sesión.',
      means: 'No se lee nada allí y nada sale por esta vía hasta que se conecte de nuevo.',
      fix: 'Abra Connections en la barra lateral y conecte % de nuevo.',
    },
    down: {
      short: 'no funciona',
      what: '% ha fallado varias veces seguidas.',
      means: 'Se le pregunta cada vez menos, como mínimo cada seis horas; no se pierde nada.',
      fix: 'Espere unas horas. Si continúa, mire en % y pruébelo en Connections.',
    },
    behind: {
      short: 'lectura atrasada',
      what: 'La lectura de % lleva horas de retraso: permite leer muy poco, o algo allí no se puede leer.',
      means: 'Lo que ha llegado allí desde entonces no se conoce aquí.',
      fix: 'Mire % en Connections. Lo que no se pueda leer, anótelo a mano.',
    },
    failed: {
      short: 'no enviado',
      what: 'Algo que debía salir por % no se envió.',
      means: 'Un mensaje no ha llegado a su destinatario, o no se ha pedido un pago.',
      fix: 'Abra Today en la barra lateral: envíelo de nuevo o descártelo.',
    },
    unsure: {
      short: '¿enviado o no?',
      what: 'No se sabe si algo ha salido por %.',
      means: 'No se envía de nuevo por sí solo, para que nadie lo reciba ni pague dos veces.',
      fix: 'Mire en % si llegó. Después márquelo como enviado o envíelo de nuevo, en Today de la barra lateral.',
    },
    run: {
      short: 'las ejecuciones fallan',
      what: 'Las ejecuciones de % fallan desde hace un rato.',
      means: 'No se carga, lee ni envía nada hasta que se arregle. Lo que está en el Ledger se conserva.',
      fix: 'Haga lo que dicen las palabras de abajo y ejecute después el día desde el menú.',
    },
  },
};

const FR: Words = {
  money: 'Des paiements faits là-bas peuvent manquer ici : vérifiez avant d’écrire à quelqu’un qui semble en retard.',
  kinds: {
    'sign-in': {
      short: 'reconnectez-vous',
      what: '% a refusé notre clé ou notre connexion.',
      means: 'Rien n’y est lu et rien ne part par cette voie tant que la connexion n’est pas rétablie.',
      fix: 'Ouvrez Connections dans la barre latérale et connectez % de nouveau.',
    },
    down: {
      short: 'hors service',
      what: '% a échoué plusieurs fois de suite.',
      means: 'La demande est répétée de moins en moins souvent, au moins toutes les six heures ; rien n’est perdu.',
      fix: 'Attendez quelques heures. Si cela dure, regardez sur % et testez-le sous Connections.',
    },
    behind: {
      short: 'lecture en retard',
      what: 'La lecture de % a des heures de retard : trop peu peut être lu, ou quelque chose est illisible.',
      means: 'Ce qui y est arrivé depuis n’est pas connu ici.',
      fix: 'Regardez % sous Connections. Notez à la main ce qui ne peut pas être lu.',
    },
    failed: {
      short: 'pas envoyé',
      what: 'Quelque chose qui devait partir par % n’a pas été envoyé.',
      means: 'Un message n’est pas arrivé, ou un paiement n’a pas été demandé.',
      fix: 'Ouvrez Today dans la barre latérale : renvoyez-le, ou abandonnez-le.',
    },
    unsure: {
      short: 'envoyé ou non ?',
      what: 'On ne sait pas si quelque chose est parti par %.',
      means: 'Rien n’est renvoyé de soi-même, pour que personne ne le reçoive ni ne paie deux fois.',
      fix: 'Regardez sur % si c’est arrivé, puis marquez-le envoyé ou renvoyez-le, sous Today dans la barre latérale.',
    },
    run: {
      short: 'les exécutions échouent',
      what: 'Les exécutions de % échouent depuis un moment.',
      means: 'Rien n’est facturé, lu ni envoyé avant la réparation. Ce qui est dans le Ledger est conservé.',
      fix: 'Faites ce que disent les mots ci-dessous, puis exécutez la journée depuis le menu.',
    },
  },
};

const DE: Words = {
  money: 'Dort geleistete Zahlungen können hier fehlen: Sehen Sie nach, bevor Sie jemanden mahnen.',
  kinds: {
    'sign-in': {
      short: 'neu verbinden',
      what: '% hat unseren Schlüssel oder die Anmeldung abgelehnt.',
      means: 'Bis zur neuen Verbindung wird dort nichts gelesen, und nichts geht auf diesem Weg hinaus.',
      fix: 'Öffnen Sie Connections in der Seitenleiste und verbinden Sie % neu.',
    },
    down: {
      short: 'gestört',
      what: '% ist mehrmals hintereinander ausgefallen.',
      means: 'Es wird immer seltener erneut gefragt, mindestens alle sechs Stunden; verloren geht nichts.',
      fix: 'Warten Sie einige Stunden. Hält es an, sehen Sie bei % nach und testen Sie es unter Connections.',
    },
    behind: {
      short: 'Rückstand beim Lesen',
      what: 'Das Lesen von % liegt Stunden zurück: Es erlaubt zu wenig, oder etwas dort ist nicht lesbar.',
      means: 'Was dort seitdem eingegangen ist, ist hier nicht bekannt.',
      fix: 'Sehen Sie unter Connections nach %. Was nicht lesbar ist, tragen Sie von Hand ein.',
    },
    failed: {
      short: 'nicht gesendet',
      what: 'Etwas, das über % hinausgehen sollte, wurde nicht gesendet.',
      means: 'Eine Nachricht hat ihren Empfänger nicht erreicht, oder Geld wurde nicht eingezogen.',
      fix: 'Öffnen Sie Today in der Seitenleiste: Senden Sie es dort erneut oder verwerfen Sie es.',
    },
    unsure: {
      short: 'gesendet oder nicht?',
      what: 'Niemand weiß, ob etwas über % hinausgegangen ist.',
      means: 'Es wird nicht von selbst erneut gesendet, damit niemand es zweimal erhält oder zweimal zahlt.',
      fix: 'Sehen Sie bei % nach, ob es ankam. Dann unter Today als gesendet vermerken oder erneut senden.',
    },
    run: {
      short: 'Läufe schlagen fehl',
      what: 'Die Läufe von % schlagen seit einiger Zeit fehl.',
      means: 'Bis das behoben ist, wird nichts berechnet, gelesen oder gesendet. Was im Ledger steht, bleibt.',
      fix: 'Tun Sie, was die Worte unten sagen, und lassen Sie dann den Tag aus dem Menü laufen.',
    },
  },
};

const LANGUAGES: Readonly<Record<string, Words>> = { en: EN, es: ES, fr: FR, de: DE };

/** In the language or its base language, else in English; `isMoney`: payments are read there. */
export function failureWords(kind: FailureKind, platform: string, isMoney: boolean, language: string): FailureWords {
  const { kinds, money } = LANGUAGES[baseLanguage(language)] ?? EN;
  const { short, what, means, fix } = kinds[kind];
  const named = (text: string) => text.split('%').join(platform);
  return { short, what: named(what), means: isMoney ? `${means} ${money}` : means, fix: named(fix) };
}
