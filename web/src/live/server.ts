import type { Snapshot } from './stream';
import { topicOf, type BoardChoice } from './topic';

/** The server answered, and the answer was no. Anything else that fails is a network fault. */
export class Answered extends Error {
  constructor(readonly status: number) {
    super(`The server answered ${status}.`);
  }
}

export interface Store {
  readonly id: string;
  readonly name: Readonly<Record<string, string>>;
}

export async function fetchStores(token: string): Promise<readonly Store[]> {
  const { stores } = await getJson<{ stores: Store[] }>('/v1/stores', token);
  return stores;
}

/** The same board over plain HTTP, for networks that let no socket through. */
export async function fetchBoard(choice: BoardChoice, token: string): Promise<Snapshot> {
  const { scope, period, metric } = choice;
  const board = await getJson<Snapshot>(`/v1/boards/${scope}/${period}/${metric}?limit=50`, token);
  return { ...board, topic: topicOf(choice), kind: 'snapshot' };
}

export async function getJson<T>(path: string, token: string): Promise<T> {
  return sendJson<T>(path, { headers: { Authorization: `Bearer ${token}` } });
}

export async function sendJson<T>(path: string, request: RequestInit): Promise<T> {
  const response = await fetch(path, { ...request, cache: 'no-store', signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Answered(response.status);
  return (await response.json()) as T;
}
