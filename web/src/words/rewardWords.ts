import type { RedemptionState } from '../live/rewards';

/** What the shelf of rewards and the vouchers say. Amounts come written. */
export interface RewardWords {
  title: string;
  vouchers: string;
  vouchersText: string;
  allVouchers(count: number): string;
  all(count: number): string;
  /** A price; the money is paid beside the points. */
  price(count: number, shown: string): string;
  free: string;
  andMoney(money: string): string;
  missing(count: number, shown: string): string;
  remaining(count: number, shown: string): string;
  choose: string;
  waitFor: string;
  never: string;
  steps: string;
  now: string;
  nowText: string;
  later: string;
  laterText: string;
  /** For what is had at once, with its price. */
  atOnce(price: string): string;
  atOnceText: string;
  waitText: string;
  busy: string;
  yours(name: string): string;
  asideNow(name: string): string;
  waitingNow(name: string): string;
  state: Partial<Record<RedemptionState, string>>;
  given: string;
  until(when: string): string;
  validThrough(date: string): string;
  place(place: number): string;
  show: string;
  hide: string;
  code: string;
  codeText: string;
  noVoucher: string;
  confirm: Partial<Record<RedemptionState, string>>;
  cancel: Partial<Record<RedemptionState, string>>;
  trouble: string;
  /** By the code of the problem. */
  refusals: Readonly<Record<string, string>>;
}
