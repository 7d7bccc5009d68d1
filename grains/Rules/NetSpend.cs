using Gamification.Programmes;

namespace Gamification.Rules;

/// <summary>
/// The money of a receipt that a programme rewards (spec §13), in minor units. Negative for a return.
/// </summary>
public static class NetSpend
{
    /// <summary>
    /// The sum of the earning lines, less what was paid with points or vouchers when those do not count.
    /// Payments never turn the sign around: a receipt paid wholly with points has net spend 0.
    /// </summary>
    public static long Of(Receipt receipt, NetSpendSettings settings)
    {
        long earning = 0;
        foreach (var line in receipt.Lines) earning += Of(line, settings);

        long excluded = (settings.PaidWithPoints ? 0 : receipt.PaidWithPoints) + (settings.PaidWithVouchers ? 0 : receipt.PaidWithVouchers);
        return earning >= 0 ? Math.Max(0, earning - excluded) : Math.Min(0, earning + excluded);
    }

    /// <summary>What one line contributes before payments are looked at.</summary>
    public static long Of(ReceiptLine line, NetSpendSettings settings)
    {
        var earns = line.Kind switch
        {
            LineKind.Deposit => settings.Deposits,
            LineKind.Voucher => settings.Vouchers,
            LineKind.Service => settings.Services,
            _ => true,
        };
        if (!earns) return 0;
        return settings.Vat ? line.Amount : line.Amount - line.Vat;
    }
}
