import type { Launch, Template, TemplateDocument } from '../live/desk';
import type { FieldError } from '../live/server';
import { localeOf, wordsIn, type Language } from '../words/language';

const dayMs = 86_400_000;

/** Null for what is no date. */
export function plusDays(isoDate: string, days: number): string | null {
  const date = Date.parse(`${isoDate}T00:00:00Z`);
  return Number.isNaN(date) || !Number.isInteger(days) ? null : new Date(date + days * dayMs).toISOString().slice(0, 10);
}

/** The template's own name in addresses, or with a number where a challenge that is not over has it: launching never takes the place of one by accident. */
export function freeId(id: string, taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const named = number === 1 ? id : `${id.slice(0, 36)}-${number}`;
    if (!taken.includes(named)) return named;
  }
}

/** The document that a launch makes of its template, so that its sentences can be read before; null while dates are missing. */
export function documentOf(template: Template, { id, from, days, stores }: Launch): TemplateDocument | null {
  const until = plusDays(from, days);
  if (until === null) return null;
  const { challenge } = template;
  return {
    ...challenge,
    id,
    window: { ...challenge.window, from, until },
    audience: { ...challenge.audience, stores },
    ...(challenge.by === undefined ? {} : { by: template.needsStores && stores.length > 0 ? { ...challenge.by, stores } : challenge.by }),
  };
}

/** A problem under the control that it is about: the server names the field that was sent, or that of the document. */
export function controlOf({ field }: FieldError): 'from' | 'days' | 'stores' | 'id' | 'whole' {
  if (field.startsWith('/from') || field.startsWith('/window/from')) return 'from';
  if (field.startsWith('/days') || field.startsWith('/window/until')) return 'days';
  if (/^(\/stores|\/audience\/stores|\/by\/stores)/.test(field)) return 'stores';
  return field === '/id' ? 'id' : 'whole';
}

/** What to do about it in the reader's language where it is known, else in the server's English. */
export function remedyOf({ code, remedy }: FieldError, language: Language, kind: 'remedies' | 'cautions' = 'remedies'): { text: string; lang: Language } {
  const known = wordsIn(language).desk[kind][code];
  return known === undefined ? { text: remedy, lang: 'en' } : { text: known, lang: language };
}

export function dateWords(isoDate: string, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${isoDate}T00:00:00Z`));
}
