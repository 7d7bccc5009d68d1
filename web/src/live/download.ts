import { Answered } from './server';

/** What an address answers, byte for byte, as a file of this browser. */
export async function download(path: string, name: string, token: string, headers: Readonly<Record<string, string>> = {}): Promise<void> {
  const answer = await fetch(path, { headers: { ...headers, Authorization: `Bearer ${token}` }, cache: 'no-store' });
  if (!answer.ok) throw new Answered(answer.status);
  const address = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
