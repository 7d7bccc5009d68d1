import type { FactorWords } from './factorWords';

export const factors: FactorWords = {
  nav: 'Pagina’s van het bureau',
  pages: { challenges: 'Uitdagingen', impact: 'Impact' },
  title: 'De impactfactoren',
  lead: 'Wat een gebaar waard is, sinds wanneer, en wie dat zegt. Een cijfer zonder bron wordt nergens getoond.',
  none: 'Dit programma telt nog geen impact: de factoren worden als onderdeel ‘impact’ gepubliceerd.',
  forbidden: 'Deze link opent de factoren niet.',
  draftThere: 'Er is een ontwerp van de factoren bezig: publiceer het of gooi het weg voor u verbetert.',
  source: title => `‘${title}’ lezen`,
  before: count => (count === 1 ? 'De vorige versie' : `De ${count} vorige versies`),
  correct: 'Verbeteren',
  correctTitle: counter => `Verbeteren: ${counter}`,
  correctText: version => `Dit wordt versie ${version}. Alles wordt vanaf de eerste dag ervan herteld, en iedereen leest wat er veranderd is en waarom.`,
  field: {
    value: unit => `Waarde, in ${unit}`, from: 'Eerste dag', last: 'Laatste dag (niet verplicht)', published: 'Bron gepubliceerd op', publisher: 'Wie ze publiceert', title: 'Titel van de bron', url: 'Adres (https)',
    example: 'Voorbeeldcijfer, dat niemand gepubliceerd heeft',
  },
  reason: 'De reden, die de leden zullen lezen',
  publish: 'De verbetering publiceren',
  done: 'De verbetering is gepubliceerd: ze geldt over anderhalve minuut, daarna wordt alles herteld.',
  restated: 'Wat verbeteringen veranderd hebben',
  fromTo: (before, after) => `van ${before} naar ${after}`,
};
