import type { FactorWords } from './factorWords';

export const factors: FactorWords = {
  nav: 'Pages du bureau',
  pages: { challenges: 'Défis', impact: 'Impact' },
  title: 'Les facteurs d’impact',
  lead: 'Ce que vaut un geste, depuis quand, et qui le dit. Un chiffre sans source n’est montré nulle part.',
  none: 'Ce programme ne compte pas encore d’impact : ses facteurs se publient comme partie « impact ».',
  forbidden: 'Ce lien n’ouvre pas les facteurs.',
  draftThere: 'Un brouillon des facteurs est en cours : publiez-le ou abandonnez-le avant de corriger.',
  source: title => `Lire « ${title} »`,
  before: count => (count < 2 ? 'La version précédente' : `Les ${count} versions précédentes`),
  correct: 'Corriger',
  correctTitle: counter => `Corriger : ${counter}`,
  correctText: version => `Ce sera la version ${version}. Tout est recompté depuis son premier jour, et chacun lit ce qui a changé et pourquoi.`,
  field: {
    value: unit => `Valeur, en ${unit}`, from: 'Premier jour', last: 'Dernier jour (facultatif)', published: 'Source publiée le', publisher: 'Qui la publie', title: 'Titre de la source', url: 'Adresse (https)',
    example: 'Chiffre d’exemple, que personne n’a publié',
  },
  reason: 'La raison, que les membres liront',
  publish: 'Publier la correction',
  done: 'La correction est publiée : elle prend effet dans une minute et demie, puis tout est recompté.',
  restated: 'Ce que les corrections ont changé',
  fromTo: (before, after) => `de ${before} à ${after}`,
};
