/** The mail of a failure to the owner, in the languages in which there is a digest, and what stands at its foot. */
import type { ManagerMail } from './pack';

const EN: ManagerMail = {
  words: {
    subject: 'Needs you: {{failure_platform}}, {{failure_short}}',
    body: `{{failure_what}}

What it means for rent: {{failure_means}}

What to do: {{failure_fix}}

{{#failure_said}}
In its own words: {{failure_said}}
{{/failure_said}}

{{#sheet_link}}
Your ledger: {{sheet_link}}
{{/sheet_link}}

Found {{as_of}}. Of one cause you hear once a day at most.`,
  },
  footer:
    'You receive this because you own or manage this ledger. "Failure alerts" on the Settings tab switches such mails off.',
};

const ES: ManagerMail = {
  words: {
    subject: 'Le necesita: {{failure_platform}}, {{failure_short}}',
    body: `{{failure_what}}

Qué significa para el alquiler: {{failure_means}}

Qué hacer: {{failure_fix}}

{{#failure_said}}
En sus propias palabras: {{failure_said}}
{{/failure_said}}

{{#sheet_link}}
Su hoja: {{sheet_link}}
{{/sheet_link}}

Detectado: {{as_of}}. De una misma causa se le avisa como mucho una vez al día.`,
  },
  footer:
    'Recibe este mensaje porque es dueño o administrador de esta hoja. "Failure alerts" en la pestaña Settings desactiva ' +
    'estos avisos.',
};

const FR: ManagerMail = {
  words: {
    subject: 'À voir : {{failure_platform}}, {{failure_short}}',
    body: `{{failure_what}}

Ce que cela signifie pour les loyers : {{failure_means}}

Que faire : {{failure_fix}}

{{#failure_said}}
Dans ses propres mots : {{failure_said}}
{{/failure_said}}

{{#sheet_link}}
Votre feuille : {{sheet_link}}
{{/sheet_link}}

Constaté : {{as_of}}. D’une même cause, vous êtes averti une fois par jour au plus.`,
  },
  footer:
    'Vous recevez ce message parce que cette feuille est à vous ou que vous la gérez. "Failure alerts" dans l’onglet ' +
    'Settings arrête ces messages.',
};

const DE: ManagerMail = {
  words: {
    subject: 'Braucht Sie: {{failure_platform}}, {{failure_short}}',
    body: `{{failure_what}}

Was das für die Miete heißt: {{failure_means}}

Was zu tun ist: {{failure_fix}}

{{#failure_said}}
In eigenen Worten: {{failure_said}}
{{/failure_said}}

{{#sheet_link}}
Ihr Mietbuch: {{sheet_link}}
{{/sheet_link}}

Festgestellt: {{as_of}}. Von einer Ursache hören Sie höchstens einmal am Tag.`,
  },
  footer:
    'Sie erhalten diese Nachricht, weil Sie dieses Mietbuch besitzen oder verwalten. "Failure alerts" auf dem Blatt ' +
    'Settings schaltet solche Nachrichten ab.',
};

export const FAILURE = { en: EN, es: ES, fr: FR, de: DE };
