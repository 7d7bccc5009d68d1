using Gamification.Recognition;

namespace Gamification.Rules.Vip;

/// <summary>The membership afterwards. With a refusal nothing happened; <see cref="Refund"/> is what the member gets back, in minor units.</summary>
public readonly record struct VipRuling(VipMembership? Membership, long Refund = 0, Refusal? Refusal = null);

/// <summary>The life of a paid membership (spec C4): start, renew, a failed payment's grace, cancel, refund, and what its perks were worth.</summary>
public static class VipRulings
{
    /// <summary>
    /// The first payment, or a new one after the end. Refused, in this order: no reference, another amount than the price, a membership that still runs.
    /// The same payment again changes nothing.
    /// </summary>
    public static VipRuling Start(VipMembership? before, VipPlan plan, string reference, long amount, DateOnly on)
    {
        if (before is not null && IsKnown(before, reference)) return new(before);
        if (Checked(plan, reference, amount) is { } refusal) return new(before, Refusal: refusal);
        if (before?.IsEntitled(on) == true) return new(before, Refusal: new("already-member", "/plan", "The membership runs; renew it instead."));
        var (from, to) = (on.DayNumber, on.AddMonths(plan.Months).DayNumber);
        return new(new()
        {
            Plan = plan.Id, Anchor = from, Terms = 1, PaidUntil = to, Paid = amount,
            Payments = [new() { Reference = reference, Amount = amount, PaidOn = from, From = from, To = to }],
        });
    }

    /// <summary>
    /// The next term is paid for; it follows the last one without a gap, also when the payment came in the grace. Refused, in this order: no
    /// reference, another amount than the price, a membership that was cancelled or is over. The same payment again changes nothing.
    /// </summary>
    public static VipRuling Renew(VipMembership membership, VipPlan plan, string reference, long amount, DateOnly on)
    {
        if (IsKnown(membership, reference)) return new(membership);
        if (Checked(plan, reference, amount) is { } refusal) return new(membership, Refusal: refusal);
        if (membership.CancelledOn is not null || !membership.IsEntitled(on)) return new(membership, Refusal: new("not-running", "/plan", "The membership has ended; start a new one."));
        var until = DateOnly.FromDayNumber(membership.Anchor).AddMonths(plan.Months * (membership.Terms + 1)).DayNumber;
        var payment = new VipPayment { Reference = reference, Amount = amount, PaidOn = on.DayNumber, From = membership.PaidUntil, To = until };
        var payments = membership.Payments.Length == VipMembership.PaymentsMax ? membership.Payments.RemoveAt(0) : membership.Payments;
        return new(membership with
        {
            Terms = membership.Terms + 1, PaidUntil = until, GraceUntil = null, Paid = checked(membership.Paid + amount), Payments = payments.Add(payment),
        });
    }

    /// <summary>A renewal was not paid: perks stay for the plan's grace from the end of what is paid. Told twice it is told once.</summary>
    public static VipRuling FailPayment(VipMembership membership, VipPlan plan) =>
        new(membership with { GraceUntil = membership.GraceUntil ?? membership.PaidUntil + plan.GraceDays });

    /// <summary>Nothing more is charged; perks stay for what is paid. Refused when it was cancelled before or is over.</summary>
    public static VipRuling Cancel(VipMembership membership, DateOnly on) =>
        membership.CancelledOn is not null || !membership.IsEntitled(on)
            ? new(membership, Refusal: new("not-running", "/plan", "The membership was cancelled or has ended."))
            : new(membership with { CancelledOn = on.DayNumber });

    /// <summary>
    /// Gives a payment back and ends what it paid for: in full for the plan's days of withdrawal, later for the whole months that are left. Refused, in
    /// this order: unknown, given back before, not the newest term, nothing left of it.
    /// </summary>
    public static VipRuling Refund(VipMembership membership, VipPlan plan, string reference, DateOnly on)
    {
        if (membership.Payments.FirstOrDefault(one => one.Reference == reference) is not { } payment)
            return new(membership, Refusal: new("unknown-payment", "/reference", "Name a payment of this membership."));
        if (payment.Refunded > 0) return new(membership, Refusal: new("already-refunded", "/reference", "This payment was given back."));
        if (payment.To != membership.PaidUntil) return new(membership, Refusal: new("not-the-newest", "/reference", "Give the newest term back first."));
        var amount = Owed(payment, plan, on);
        if (amount == 0) return new(membership, Refusal: new("nothing-left", "/reference", "The withdrawal days are over and no whole month is left."));
        var ends = Math.Max(payment.From, Math.Min(payment.To, on.DayNumber));
        return new(membership with
        {
            PaidUntil = ends,
            GraceUntil = null,
            CancelledOn = membership.CancelledOn ?? on.DayNumber,
            Paid = membership.Paid - amount,
            Payments = membership.Payments.Replace(payment, payment with { Refunded = amount, To = ends }),
        }, amount);
    }

    /// <summary>
    /// A perk was used, worth so much; less than zero when what it was used on came back. Refused when the day is not entitled, or when more comes back than was used.
    /// </summary>
    public static VipRuling Use(VipMembership membership, long worth, DateOnly on) =>
        worth > 0 && !membership.IsEntitled(on)
            ? new(membership, Refusal: new("not-entitled", "/plan", "The membership does not cover this day."))
            : membership.Saved + worth < 0 ? new(membership, Refusal: new("more-than-used", "/worth", "No more can come back than was used."))
            : new(membership with { Saved = checked(membership.Saved + worth) });

    private static long Owed(VipPayment payment, VipPlan plan, DateOnly on)
    {
        if (on.DayNumber < Math.Max(payment.PaidOn, payment.From) + plan.WithdrawalDays) return payment.Amount;
        var left = 0;
        while (left < plan.Months && DateOnly.FromDayNumber(payment.To).AddMonths(-(left + 1)) >= on) left++;
        return (long)((Int128)payment.Amount * left / plan.Months);
    }

    private static bool IsKnown(VipMembership membership, string reference) => membership.Payments.Any(payment => payment.Reference == reference);

    private static Refusal? Checked(VipPlan plan, string reference, long amount) =>
        string.IsNullOrWhiteSpace(reference) || reference.Length > 200 ? new("reference-missing", "/reference", "Send 1 to 200 characters.")
        : amount != plan.Price ? new("wrong-amount", "/amount", $"The plan costs {plan.Price} minor units.")
        : null;
}
