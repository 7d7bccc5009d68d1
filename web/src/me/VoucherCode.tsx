import { useEffect, useState } from 'preact/hooks';
import { fetchVoucher, type Voucher } from '../live/rewards';
import { wordsIn, type Language } from '../words/language';

/** The code as a picture for scanners, black on white whatever the theme, and as letters for a till that cannot. */
export function VoucherCode({ id, token, language }: { id: string; token: string; language: Language }) {
  const words = wordsIn(language).rewards;
  const [voucher, setVoucher] = useState<Voucher | null>(null);
  const [said, setSaid] = useState<'busy' | 'noVoucher' | 'trouble'>('busy');

  useEffect(() => {
    let stopped = false;
    fetchVoucher(id, token).then(
      found => {
        if (stopped) return;
        setVoucher(found);
        setSaid('noVoucher');
      },
      () => {
        if (!stopped) setSaid('trouble');
      },
    );
    return () => {
      stopped = true;
    };
  }, [id, token]);

  if (voucher === null) return <p role="status">{words[said]}</p>;
  return (
    <div class="voucher-code">
      <img src={voucher.picture} alt={words.code} width="280" height="280" />
      <p class="quiet">{words.codeText}</p>
      <p class="code-letters"><code translate={false}>{voucher.code}</code></p>
    </div>
  );
}
