using System.Collections.Immutable;
using Gamification.Activities;
using Gamification.Ledger;
using Gamification.Programmes.Earning;
using Gamification.Rules.Badges;
using Gamification.Rules.Ledger;
using Gamification.Rules.Recognition;

namespace Gamification.Rules;

/// <summary>What an entry moves in a member's ledger, the balance that this leads to, and what it made of the member's recognition.</summary>
internal readonly record struct Booked(ImmutableArray<Posting>? Postings, long Balance, RecognitionMade? Recognised = null)
{
    /// <summary>Points of gifts, less those taken back.</summary>
    public long Gifts => Recognised?.Points ?? 0;
}

/// <summary>What brought points: as lots name it, when it occurred, and the business date from which their validity counts.</summary>
internal readonly record struct Credit(string Source, DateTimeOffset OccurredAt, DateOnly On)
{
    /// <summary>What happened; null for what is no event, such as a return.</summary>
    public EarningEvent? Event { get; init; }

    /// <summary>How its points wait; default for as the unit's terms say.</summary>
    public ImmutableArray<Wait> Waits { get; init; }

    public static Credit Of(Receipt sale) => new(sale.Key.ToString(), sale.OccurredAt, sale.Key.BusinessDate) { Event = EarningEvent.Sale };

    public static Credit Of(ReportedActivity activity) => new(activity.Key.ToString(), activity.OccurredAt, activity.BusinessDate) { Event = activity.Type };
}

/// <summary>What happens to an event as far as recognition goes.</summary>
/// <param name="Change">The event before and after.</param>
/// <param name="Source">What its stamps are earned with, and taken back by: the event's own key.</param>
/// <param name="Cause">The key of what is posted now: of a return its own.</param>
internal readonly record struct Happening(ActivityChange Change, string Source, string Cause)
{
    /// <summary>What the event was recognised for when it was posted; null when it is posted now, or comes back.</summary>
    public RecognitionMade? Of { get; init; }

    /// <summary>For sales: the business date of the first purchase that stands afterwards; null for none.</summary>
    public DateOnly? FirstPurchase { get; init; }
}
