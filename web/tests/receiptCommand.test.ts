import { expect, test } from 'vitest';
import { receiptCommand } from '../src/home/receiptCommand';

const command = receiptCommand('http://localhost:5000', 'KEY', 'CARD');

test('the command sends every field that a sale must have, and lines that add up', () => {
  expect(JSON.parse(/-d '(.*)'$/s.exec(command)?.[1] ?? '')).toEqual({
    type: 'sale',
    store: 'BRU',
    till: '9',
    businessDate: '2010-12-01',
    number: 'by-hand-1',
    occurredAt: '2010-12-01T08:30:00+01:00',
    card: 'CARD',
    currency: 'GBP',
    total: 15.3,
    lines: [{ sku: '85123A', quantity: 6, unitPrice: 2.55, amount: 15.3 }],
  });
});

test('the command says whose it is and what it carries', () => {
  expect(command).toContain('curl http://localhost:5000/v1/receipts \\\n');
  expect(command).toContain("-H 'Authorization: Bearer KEY'");
  expect(command).toContain("-H 'Content-Type: application/json'");
});
