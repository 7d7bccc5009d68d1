/** The page's own id for one command, so that it can be sent again: 128 random bits. `randomUUID` is for secure pages only, and a shop's own network has none. */
export function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
