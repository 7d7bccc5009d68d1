using Gamification.Activities;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Rules.Activities;

/// <summary>Events and a programme that weighs them, with only what matters spelled out.</summary>
internal static class Events
{
    public static readonly EarningRules Rules = Books.Document(
        Books.Base,
        Weight("comment", 3, EarningEvent.Comment) with { Cap = new() { Per = CapPeriod.Day, Points = 7 } },
        Weight("first-visit", 5, EarningEvent.Visit) with { When = new FirstTimeOf(FirstTime.OfDay) },
        Weight("post", 10, EarningEvent.Post),
        Weight("welcome", 20, EarningEvent.Welcome));

    public static ProgrammeSettings Programme => Receipts.Programme() with { Earning = Rules, Ledger = new() { Points = new() { DebtMax = 1_000, DebtIssuanceShare = 100 } } };

    public static EarningRule Weight(string id, long points, EarningEvent on) => Books.Rule(id, new FixedPoints { Points = points }) with { On = [on] };

    public static PureAccount Account(ProgrammeSettings? settings = null) =>
        new(settings ?? Programme) { Scheme = new(settings ?? Programme, Books.Goods) };

    public static ReportedActivity Of(EarningEvent type, string id, DateTimeOffset? at = null, string? store = null, string? target = null, MemberId? actor = null)
    {
        var occurredAt = at ?? Receipts.Noon;
        return new()
        {
            Key = new("//test", id),
            Type = type,
            OccurredAt = occurredAt,
            BusinessDate = DateOnly.FromDateTime(occurredAt.DateTime),
            Store = store,
            Target = target,
            Actor = actor,
            Content = new Guid(id.PadLeft(32, '0').Replace('-', '0')[^32..].Select(letter => Uri.IsHexDigit(letter) ? letter : 'f').Aggregate("", (text, letter) => text + letter)),
        };
    }

    public static ActivityRevision Removal(string original, int minute = 1, string? id = null) => Word(original, minute, removes: true, id);

    public static ActivityRevision Restoration(string original, int minute = 2, string? id = null) => Word(original, minute, removes: false, id);

    private static ActivityRevision Word(string original, int minute, bool removes, string? id) => new()
    {
        Key = new("//test", id ?? $"{original}-{(removes ? "gone" : "back")}-{minute}"),
        Original = new("//test", original),
        Removes = removes,
        OccurredAt = Receipts.Noon.AddMinutes(minute),
        Content = default,
    };
}
