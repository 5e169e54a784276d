/** The rule of a plan in words, by language: when an instalment is missed, what comes of it, and what late fees do meanwhile. */

export interface RuleWords {
  readonly dated: (amount: string, day: string) => string;
  readonly missedOn: string;
  readonly missedAfter: (days: string) => string;
  readonly endsAtFirst: string;
  readonly endsAfter: (allowed: number) => string;
  readonly feesRest: string;
  readonly feesGoOn: string;
  /** To those who were asked to sign. */
  readonly withdrawn: string;
  readonly declined: string;
}

const EN: RuleWords = {
  dated: (amount, day) => `${amount} on ${day}`,
  missedOn: 'An instalment that is not paid on its day is missed.',
  missedAfter: (days) => `An instalment that is not paid within ${days} of its day is missed.`,
  endsAtFirst: 'If one is missed, the plan ends, and all that is still open is due again as if there were no plan.',
  endsAfter: (allowed) =>
    `${allowed} may be missed; with one more the plan ends, and all that is still open is due again as if there were no plan.`,
  feesRest: 'Late fees on what it covers rest while the plan runs.',
  feesGoOn: 'Late fees on what it covers go on by the lease.',
  withdrawn: 'The payment plan was withdrawn.',
  declined: 'The payment plan was declined.',
};

const ES: RuleWords = {
  dated: (amount, day) => `${amount} el ${day}`,
  missedOn: 'Una cuota que no se paga en su fecha cuenta como no pagada.',
  missedAfter: (days) => `Una cuota que no se paga en el plazo de ${days} desde su fecha cuenta como no pagada.`,
  endsAtFirst: 'Si falta una, el plan termina y todo lo pendiente vuelve a ser exigible, como si no hubiera plan.',
  endsAfter: (allowed) =>
    `Cuotas que pueden faltar: ${allowed}. Con una más, el plan termina y todo lo pendiente vuelve a ser exigible, como si no hubiera plan.`,
  feesRest: 'Los recargos por mora sobre lo que cubre no corren mientras dura el plan.',
  feesGoOn: 'Los recargos por mora sobre lo que cubre siguen según el contrato.',
  withdrawn: 'El plan de pagos se ha retirado.',
  declined: 'El plan de pagos se ha rechazado.',
};

const FR: RuleWords = {
  dated: (amount, day) => `${amount} le ${day}`,
  missedOn: 'Un versement qui n’est pas payé le jour prévu est manqué.',
  missedAfter: (days) => `Un versement qui n’est pas payé ${days} au plus après le jour prévu est manqué.`,
  endsAtFirst:
    'Si un versement est manqué, l’échéancier prend fin et tout le reste redevient exigible, comme s’il n’y avait pas d’échéancier.',
  endsAfter: (allowed) =>
    `Versements qui peuvent être manqués : ${allowed}. Au suivant, l’échéancier prend fin et tout le reste redevient exigible, ` +
    'comme s’il n’y avait pas d’échéancier.',
  feesRest: 'Les frais de retard sur ce qu’il couvre ne courent pas pendant l’échéancier.',
  feesGoOn: 'Les frais de retard sur ce qu’il couvre continuent selon le bail.',
  withdrawn: 'L’échéancier a été retiré.',
  declined: 'L’échéancier a été refusé.',
};

const DE: RuleWords = {
  dated: (amount, day) => `${amount} am ${day}`,
  missedOn: 'Eine Rate, die nicht an ihrem Tag gezahlt wird, gilt als versäumt.',
  missedAfter: (days) => `Eine Rate, die ${days} nach ihrem Tag nicht gezahlt ist, gilt als versäumt.`,
  endsAtFirst: 'Wird eine versäumt, endet der Plan, und alles noch Offene ist wieder fällig, als gäbe es keinen Plan.',
  endsAfter: (allowed) =>
    `Raten, die versäumt werden dürfen: ${allowed}. Bei einer weiteren endet der Plan, und alles noch Offene ist wieder fällig, ` +
    'als gäbe es keinen Plan.',
  feesRest: 'Verzugsgebühren auf das, was er umfasst, ruhen, solange der Plan läuft.',
  feesGoOn: 'Verzugsgebühren auf das, was er umfasst, laufen nach dem Vertrag weiter.',
  withdrawn: 'Der Ratenplan wurde zurückgezogen.',
  declined: 'Der Ratenplan wurde abgelehnt.',
};

/** By base language. */
export const RULE_WORDS: Readonly<Record<string, RuleWords>> & { readonly en: RuleWords } = {
  en: EN,
  es: ES,
  fr: FR,
  de: DE,
};
