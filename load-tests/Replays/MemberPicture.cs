using System.Collections.Immutable;
using System.Text.Json;
using Gamification.Ledger;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules;
using Gamification.Rules.Badges;
using Gamification.Rules.Ledger;
using Gamification.Rules.Recognition;

namespace Gamification.LoadTests.Replays;

/// <summary>
/// What a member has come to, aspect by aspect, without what only tells the order in which it came: versions, numbers of lots, and when something
/// was told. All of it as time has left it at one instant, so that two replays can be compared.
/// </summary>
internal sealed class MemberPicture(ProgrammeSettings programme, Scheme scheme, DateTimeOffset at)
{
    /// <summary>What does not depend on the order of events within the grace, as spec §4 lists it.</summary>
    public static readonly ImmutableArray<string> OrderFree = ["accepted keys", "base points", "qualifying dates", "badge counts", "scores of uncapped metrics with reached_at"];

    /// <summary>Badges that rules with a cap, a budget or a quota bring steps to: when nothing is left, nothing is counted, and that is decided when an event is received.</summary>
    public ImmutableHashSet<string> LimitedBadges { get; } =
        [.. programme.Earning!.Rules.Where(rule => rule.Cap is not null || rule.Campaign is not null).SelectMany(rule => rule.Then.OfType<BadgeProgress>()).Select(effect => effect.Badge)];

    private readonly HashSet<RuleVersionId> _bases =
        [.. programme.Earning!.Rules.Where(rule => rule.Then.Any(effect => effect is PointsPerSpend or FixedPoints)).Select(rule => rule.VersionId)];

    /// <summary>Aspects by name: those of <see cref="OrderFree"/> first, then everything else.</summary>
    public IReadOnlyDictionary<string, string> Of(IReadOnlyList<AccountEntry> entries)
    {
        var state = Settled(entries.Aggregate(AccountState.Empty, (folded, entry) => folded.Apply(entry)));
        var recognition = state.Recognition ?? RecognitionState.Empty;
        var badges = recognition.Badges.Select(badge => BadgeRulings.Forget(badge, scheme.Recognition!.Badges, scheme.Recognition.DayOf(at))).ToArray();
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [OrderFree[0]] = Lines(entries.OfType<ReceiptPosted>().Select(posted => $"{posted.Receipt.Key}")),
            [OrderFree[1]] = Lines(entries.Select(BaseOf)),
            [OrderFree[2]] = Lines(recognition.Streaks.Where(one => !one.Streak.Dates.IsEmpty || !one.Streak.Either.IsEmpty).Select(one => $"{one.Id}: {string.Join(' ', one.Streak.Dates.ToDays())} {string.Join(' ', one.Streak.Either)}")),
            [OrderFree[3]] = Lines(badges.Where(badge => !LimitedBadges.Contains(badge.Badge)).SelectMany(CountsOf)),
            [OrderFree[4]] = Lines(Tallies(entries).Where(row => row.Tally is not { Receipts: 0, Spend: 0, ReceiptsAt: 0 }).Select(row => $"{row.Store} {row.Day}: {row.Tally.Receipts} receipts, {row.Tally.Spend}, {row.Tally.ReceiptsAt}")),
            ["points of each receipt"] = Lines(entries.OfType<ReceiptPosted>().Select(posted => $"{posted.Receipt.Key}: {posted.Points} {Rules(posted.Earned)}")),
            ["scores of points with reached_at"] = Lines(Tallies(entries).Select(row => $"{row.Store} {row.Day}: {row.Tally.Points}, {row.Tally.PointsAt}")),
            ["balance"] = $"{state.Balance} of {state.Lifetime}, {state.Receipts} receipts",
            ["lots"] = Lines((state.Ledger?.Purses ?? []).SelectMany(LotsOf)),
            ["counters of caps"] = Lines((state.Counters?.Rows ?? []).Select(row => row.ToString())),
            ["tier, streaks, badges, cards, plans"] = scheme.Recognition is { } book ? Seen(RecognitionViews.At(state, book, at)) : "",
            ["counts of badges on limited rules"] = Lines(badges.Where(badge => LimitedBadges.Contains(badge.Badge)).SelectMany(CountsOf)),
            ["badges that stand"] = Lines(badges.SelectMany(badge => badge.Awards.Select(award => $"{badge.Badge} {award.Level} {award.Scope} {award.Stands}"))),
            ["badges of periods that are over"] = Lines(badges.Where(badge => !badge.Past.IsEmpty).Select(badge => $"{badge.Badge}: {string.Join(' ', badge.Past)}")),
            ["returns that wait"] = Lines(state.Parked.Select(parked => $"{parked.Return}: {string.Join(' ', parked.Skus)}")),
        };
    }

    /// <summary>Whether goods of the member came back by matching, which is decided when the return is received.</summary>
    public static bool HasMatchedReturns(IEnumerable<AccountEntry> entries) =>
        entries.Any(entry => entry is ReceiptPosted { Treatment: Treatment.TakenBySku } or ReturnSettled);

    private AccountState Settled(AccountState state)
    {
        var context = new AccountContext { Settings = programme, Kind = AccountKind.Member, ReceivedAt = at, At = at, Scheme = scheme };
        if (Commanding.Tell(state, context) is { } told) state = state.Apply(told);
        return PassingTime.Decide(state, context) is { } passed ? state.Apply(passed) : state;
    }

    private string BaseOf(AccountEntry entry) => entry is ReceiptPosted { Earned: { } earned } posted
        ? $"{posted.Receipt.Key}: {earned.Applied.Where(applied => _bases.Contains(applied.Rule)).Sum(applied => applied.Points)}"
        : "";

    private static string Rules(Earned? earned) => earned is null ? "" : string.Join(' ', earned.Applied.Select(applied => $"{applied.Rule} {applied.Points}"));

    /// <summary>When a badge was found to be earned, or lost, is told by the order; a line each, so that a difference is short.</summary>
    private static string Seen(RecognitionView view) => Lines(
        [
            JsonSerializer.Serialize(view.Tier),
            .. view.Badges.Select(badge => FormattableString.Invariant($"{badge.Id}: level {badge.Level}, {badge.Times} times, {badge.Done} of {badge.Needed}")),
            .. view.Streaks.Select(streak => $"{streak.Id}: {JsonSerializer.Serialize(streak.View)}"),
            .. view.Cards.Select(card => JsonSerializer.Serialize(card)),
            .. view.Plans.Select(plan => JsonSerializer.Serialize(plan)),
        ]);

    private static IEnumerable<string> CountsOf(BadgeStanding badge) => badge.Progress.Where(scope => !scope.IsEmpty).Select(scope => $"{badge.Badge} {scope.Scope}: {scope.Value:0.###}");

    private static IEnumerable<TallyRow> Tallies(IReadOnlyList<AccountEntry> entries) =>
        entries.SelectMany(entry => entry.Tallies).GroupBy(row => (row.Store, row.Day)).Select(rows => rows.Last()).Where(row => row.Tally != default);

    private static IEnumerable<string> LotsOf(Purse purse) =>
        purse is { Lots.IsEmpty: true, Holds.IsEmpty: true, Debts.IsEmpty: true } ? [] : purse.Lots.Select(lot => FormattableString.Invariant($"{purse.Unit} {lot.Source} {(lot.Source.Length > 0 ? lot.EarnedAt : 0)} {lot.AvailableAt} {purse.Roll.ExpiryOf(lot)}: {lot.Remaining} of {lot.Initial}"))
            .Append(FormattableString.Invariant($"{purse.Unit}: {purse.Available} available, {purse.Pending} pending, {purse.Held} held, {purse.Owed} owed"));

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines.Where(line => line.Length > 0).Order(StringComparer.Ordinal));
}
