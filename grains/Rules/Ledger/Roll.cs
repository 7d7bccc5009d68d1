namespace Gamification.Rules.Ledger;

/// <summary>
/// How far activity carries rolling lots (spec §6: expires_at = max(old, activity + X) on all live lots), kept once for all of them, so that a
/// receipt rewrites no lot. Activities form a chain while each comes before the last one's term ends; the chain before the current one
/// is remembered, since an activity that comes late may join them. All are day numbers; 0 when there is none.
/// </summary>
/// <param name="Since">The chain's first activity.</param>
/// <param name="To">The last day to which it carries.</param>
public readonly record struct Roll(int Since, int To, int PriorSince, int PriorTo)
{
    /// <summary>The last valid day of a lot. A lot is in the chain that it was alive to see begin.</summary>
    public int ExpiryOf(Lot lot)
    {
        if (!lot.IsRolling) return lot.ExpiresOn;
        if (lot.ExpiresOn >= Since) return Math.Max(lot.ExpiresOn, To);
        return lot.ExpiresOn >= PriorSince ? Math.Max(lot.ExpiresOn, PriorTo) : lot.ExpiresOn;
    }

    /// <summary>After an activity on a day, which alone would carry to <paramref name="to"/>. The order in which activities come does not matter.</summary>
    public Roll With(int day, int to)
    {
        if (To == 0) return new(day, to, 0, 0);
        if (day > To) return new(day, to, Since, To);
        if (to >= Since)
        {
            var since = Math.Min(Since, day);
            return PriorTo != 0 && since <= PriorTo
                ? new(Math.Min(since, PriorSince), Math.Max(To, to), 0, 0)
                : this with { Since = since, To = Math.Max(To, to) };
        }

        if (PriorTo == 0 || day > PriorTo) return this with { PriorSince = day, PriorTo = to };
        return to >= PriorSince ? this with { PriorSince = Math.Min(PriorSince, day), PriorTo = Math.Max(PriorTo, to) } : this;
    }
}
