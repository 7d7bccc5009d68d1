import { download } from './download';

export type SettlementPart = 'certificate' | 'standings' | 'prizes';

/** A text of the settlement, byte for byte as its hash was made. */
export async function downloadSettlement(id: string, run: number, part: SettlementPart, token: string): Promise<void> {
  await download(`/v1/challenges/${encodeURIComponent(id)}/settlement/${part}?run=${run}`, `${id}-${run}-${part}.txt`, token);
}
