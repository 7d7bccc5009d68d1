/**
 * A receipt as a till sends it, for a shell. Its business date is the first of the demo's receipts, so that it lies in the past of
 * the demo's clock however far that has come; its number makes it unique, so sending it twice counts once.
 */
export function receiptCommand(origin: string, key: string, card: string): string {
  const receipt = [
    '{',
    '  "type": "sale",',
    '  "store": "BRU", "till": "9", "businessDate": "2010-12-01", "number": "by-hand-1",',
    '  "occurredAt": "2010-12-01T08:30:00+01:00",',
    `  "card": "${card}",`,
    '  "currency": "GBP", "total": 15.30,',
    '  "lines": [',
    '    { "sku": "85123A", "quantity": 6, "unitPrice": 2.55, "amount": 15.30 }',
    '  ]',
    '}',
  ].join('\n');
  return [
    `curl ${origin}/v1/receipts \\`,
    `  -H 'Authorization: Bearer ${key}' \\`,
    "  -H 'Content-Type: application/json' \\",
    `  -d '${receipt}'`,
  ].join('\n');
}
