import type { Period, Snapshot, Standing } from './stream';
import { topicOf, type BoardChoice } from './topic';

/** What is wrong, where, and what to do about it. */
export interface FieldError {
  /** A JSON pointer; empty for the whole. */
  readonly field: string;
  readonly code: string;
  /** In English. */
  readonly remedy: string;
}

/** The server answered, and the answer was no. Anything else that fails is a network fault. */
export class Answered extends Error {
  constructor(readonly status: number, readonly errors: readonly FieldError[] = []) {
    super(`The server answered ${status}.`);
  }
}

/** Something by its id, with its name by language unless every page knows it. */
export interface Named {
  readonly id: string;
  readonly name?: Readonly<Record<string, string>>;
}

/** What boards the programme has. */
export interface Choices {
  readonly currency: string;
  /** IANA name: by it the programme's days begin. */
  readonly timeZone: string;
  readonly scopes: readonly Named[];
  readonly periods: readonly Period[];
  readonly seasons: readonly Named[];
  readonly metrics: readonly Named[];
}

export async function fetchChoices(token: string): Promise<Choices> {
  return getJson<Choices>('/v1/boards', token);
}

/** Where the token's member stands. Not on the board by its own wish: where it would stand. */
export interface Own {
  readonly virtual: boolean;
  readonly size: number;
  readonly row: Standing | null;
}

export async function fetchOwn({ scope, period, metric }: BoardChoice, token: string): Promise<Own> {
  return getJson<Own>(`/v1/boards/${scope}/${period}/${metric}/standing/me`, token);
}

/** The rows next to the token's member, its own among them; none when it is not on the board. */
export async function fetchAround({ scope, period, metric }: BoardChoice, token: string): Promise<readonly Standing[]> {
  return (await getJson<{ rows: readonly Standing[] }>(`/v1/boards/${scope}/${period}/${metric}/around/me?each=1`, token)).rows;
}

export type PrivacyMode = 'shown' | 'private' | 'hidden' | 'erased';

export async function fetchPrivacy(token: string): Promise<PrivacyMode> {
  return (await getJson<{ mode: PrivacyMode }>('/v1/members/me/privacy', token)).mode;
}

export async function choosePrivacy(mode: PrivacyMode, token: string): Promise<PrivacyMode> {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  return (await sendJson<{ mode: PrivacyMode }>('/v1/members/me/privacy', { method: 'PUT', headers, body: JSON.stringify({ mode }) })).mode;
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
  if (!response.ok) throw new Answered(response.status, await errorsIn(response));
  return (await response.json()) as T;
}

async function errorsIn(response: Response): Promise<readonly FieldError[]> {
  try {
    const problem = (await response.json()) as { errors?: FieldError[]; detail?: string };
    return problem.errors ?? (problem.detail === undefined ? [] : [{ field: '', code: '', remedy: problem.detail }]);
  } catch {
    return [];
  }
}
