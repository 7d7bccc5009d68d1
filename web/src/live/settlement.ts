import { Answered } from './server';

export type SettlementPart = 'certificate' | 'standings' | 'prizes';

/** A text of the settlement, byte for byte as its hash was made, as a file of this browser. */
export async function downloadSettlement(id: string, run: number, part: SettlementPart, token: string): Promise<void> {
  const answer = await fetch(`/v1/challenges/${encodeURIComponent(id)}/settlement/${part}?run=${run}`, { headers: { Authorization: `Bearer ${token}` }, cache: 'no-store' });
  if (!answer.ok) throw new Answered(answer.status);
  const address = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = `${id}-${run}-${part}.txt`;
  link.click();
  URL.revokeObjectURL(address);
}
