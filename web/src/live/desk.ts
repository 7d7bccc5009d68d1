import type { AnsweredChallenge, Text } from './challenge';
import { getJson, sendJson, type FieldError } from './server';

/** A challenge's document as far as this desk changes it; the rest goes back as it came. */
export interface TemplateDocument {
  readonly id: string;
  readonly version?: number;
  readonly window: { readonly from: string; readonly until: string };
  readonly audience?: { readonly stores?: readonly string[] };
  readonly by?: { readonly kind: string; readonly stores?: readonly string[] };
  readonly goal?: { readonly kind: string; readonly what?: string; readonly target?: number };
  readonly prizes?: {
    readonly completion?: { readonly points?: number } | null;
    readonly completionMax?: number | null;
    readonly budget?: { readonly points?: number } | null;
  };
}

export interface Template {
  readonly id: string;
  readonly name: Text;
  /** On example dates. */
  readonly words: Text;
  readonly days: number;
  readonly needsStores: boolean;
  readonly challenge: TemplateDocument;
}

export interface Launch {
  readonly template: string;
  readonly id: string;
  /** ISO date. */
  readonly from: string;
  readonly days: number;
  /** Empty for all. */
  readonly stores: readonly string[];
}

export interface Checked {
  readonly errors?: readonly FieldError[];
  readonly warnings: readonly FieldError[];
  readonly words: Text | null;
}

export type Command = 'schedule' | 'pause' | 'resume' | 'end' | 'cancel';

export async function fetchTemplates(token: string): Promise<readonly Template[]> {
  return (await getJson<{ templates: readonly Template[] }>('/v1/challenges/templates', token)).templates;
}

/** What members will read, or what is wrong; nothing is changed. */
export async function checkDocument(document: TemplateDocument, token: string): Promise<Checked> {
  return sendJson<Checked>('/v1/challenges/validate', posted(document, token));
}

export async function launchTemplate(launch: Launch, schedule: boolean, token: string): Promise<{ challenge: string; run: number }> {
  return sendJson('/v1/challenges', posted({ ...launch, schedule }, token));
}

export async function fetchDocument(id: string, run: number, token: string): Promise<TemplateDocument> {
  return (await getJson<{ challenge: TemplateDocument }>(`/v1/challenges/${encodeURIComponent(id)}/document?run=${run}`, token)).challenge;
}

/** @param reason in every language, where it is a new version of what is live. */
export async function saveDocument(challenge: TemplateDocument, reason: Text | null, token: string): Promise<Checked> {
  const body = reason === null ? { challenge } : { challenge, reason };
  return sendJson<Checked>(`/v1/challenges/${encodeURIComponent(challenge.id)}`, { ...posted(body, token), method: 'PUT' });
}

export async function sendCommand(id: string, run: number, command: Command, more: object, token: string): Promise<AnsweredChallenge> {
  return sendJson(`/v1/challenges/${encodeURIComponent(id)}/commands?run=${run}`, posted({ command, ...more }, token));
}

function posted(body: unknown, token: string): RequestInit {
  return { method: 'POST', headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}
