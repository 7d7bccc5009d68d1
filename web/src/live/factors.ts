import type { Text } from './challenge';
import { getJson, sendJson, type FieldError } from './server';

export interface FactorSource {
  readonly publisher: string;
  readonly title: string;
  readonly url: string;
  /** ISO date. */
  readonly published: string;
  readonly example?: boolean;
}

/** What one event, item or unit of money comes to, from a day on; what else it says goes back as it came. */
export interface Factor {
  readonly id: string;
  readonly version: number;
  readonly counter: string;
  readonly millionths: number;
  readonly from: string;
  /** Exclusive. */
  readonly until?: string | null;
  readonly source: FactorSource;
  readonly correction?: Text | null;
}

export interface Registry {
  readonly counters: readonly { readonly id: string; readonly name: Text; readonly unit: Text }[];
  readonly factors: readonly Factor[];
}

export interface FactorsPart {
  /** Null where the programme counts no impact. */
  readonly published: Registry | null;
  /** Null without a draft. */
  readonly draft: object | null;
  readonly sentences: readonly { readonly pointer: string; readonly text: Text }[];
}

const address = '/v1/programme/parts/impact';

export async function fetchFactors(token: string): Promise<FactorsPart> {
  return getJson<FactorsPart>(address, token);
}

/**
 * Draft, check, publish, as one step for whoever corrects: what is wrong leaves no draft behind.
 * @returns what is wrong with it; empty when it is published.
 */
export async function publishFactors(registry: Registry, token: string): Promise<readonly FieldError[]> {
  await sendJson(`${address}/draft`, asked('PUT', registry, token));
  const { errors } = await sendJson<{ errors: readonly FieldError[] }>(`${address}/validate`, asked('POST', {}, token));
  if (errors.length > 0) await sendJson(`${address}/draft`, asked('DELETE', undefined, token));
  else await sendJson(`${address}/publish`, asked('POST', { effectiveFrom: await soon(token) }, token));
  return errors;
}

/** What is published begins a minute from now at the earliest, by the programme's clock. */
async function soon(token: string): Promise<string> {
  const { asOf } = await getJson<{ asOf: string }>('/v1/boards/programme/day/points?limit=1', token);
  return new Date(Date.parse(asOf) + 90_000).toISOString();
}

function asked(method: string, body: unknown, token: string): RequestInit {
  return { method, headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
}
